export { createApi, newIdempotencyKey, type Api, type ApiOptions } from './client.js';
export { each } from './pages.js';
export { ApiProblem, unwrap, type Answer, type Problem } from './problem.js';
export type { components, operations, paths } from './schema.js';

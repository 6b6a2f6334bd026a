export { createApi, newIdempotencyKey, type Api, type ApiOptions } from './client.ts';
export { each } from './pages.ts';
export { ApiProblem, unwrap, type Answer, type Problem } from './problem.ts';
export type { components, operations, paths } from './schema.ts';

import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { browserSession, type Session } from './session.ts';
import type { paths } from './schema.ts';

/** Every call of the API by its address: `api.GET('/api/v1/contacts/people/{id}', …)`. */
export type Api = Client<paths>;

export interface ApiOptions {
  /** Where the gateway is: `https://platform.example`. In a browser by default its own origin. */
  readonly baseUrl?: string;
  /** An access token or an API key, asked for at each call. Without it calls are made with the session of the browser. */
  readonly token?: () => string | Promise<string>;
  /** First language of texts that the platform writes: "de". */
  readonly language?: string;
  /** In place of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A client of the API. */
export function createApi(options: ApiOptions = {}): Api {
  const { baseUrl = '', fetch = (request: Request) => globalThis.fetch(request) } = options;
  const client = createClient<paths>({ baseUrl, fetch });
  client.use(identified(options, browserSession(baseUrl, fetch)));
  return client;
}

/** A key for `Idempotency-Key`: a write that is sent again with the same key happens once. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

function identified({ token, language }: ApiOptions, session: Session): Middleware {
  return {
    async onRequest({ request }) {
      if (language !== undefined) request.headers.set('Accept-Language', language);
      if (token !== undefined) request.headers.set('Authorization', `Bearer ${await token()}`);
      else if (!safe.has(request.method)) request.headers.set('X-CSRF-Token', await session.forgeryToken());
      return request;
    },
    onResponse({ response }) {
      // The session may be another one by now.
      if (token === undefined && (response.status === 401 || response.status === 403)) session.forget();
    },
  };
}

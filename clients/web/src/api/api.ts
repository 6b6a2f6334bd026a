import { ApiProblem, createApi, unwrap, type Answer, type Api, type components } from '@platform/api';

type Schemas = components['schemas'];
export type Resource = Schemas['metadata.ResourceDescriptor'];
export type Field = Schemas['metadata.FieldDescriptor'];
export type SavedView = Schemas['metadata.SavedView'];
export type Layout = Schemas['metadata.Layout'];
export type Relation = Schemas['metadata.RelationDescriptor'];

/** A record of any resource, as its service answers it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly etag?: string };

interface Request {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type AnyCall = (path: string, init: { params: { query?: Request['query'] }; body?: unknown }) => Promise<Answer<unknown>>;

/** Asks the platform at an address that a descriptor names, so that no type knows it beforehand. @throws ApiProblem where it is refused. */
export type Call = <T>(method: Method, path: string, request?: Request) => Promise<T>;

/** A call by this client of the API, in a browser or on the server that makes pages. */
export const callOf = (api: Api): Call => <T>(method: Method, path: string, { query, body }: Request = {}) =>
  unwrap((api[method] as unknown as AnyCall)(path, { params: { query }, ...(body === undefined ? {} : { body }) }) as Promise<Answer<T>>);

let spoken: Call = callOf(createApi());

/** The language in which the platform says what it has to say to this browser from now on. */
export function speak(language: string): void {
  spoken = callOf(createApi({ language }));
}

/** A call with the session of this browser; who has none any more is led to the sign-in. */
export const call: Call = async (method, path, request) => {
  try {
    return await spoken(method, path, request);
  } catch (fault) {
    if (fault instanceof ApiProblem && fault.status === 401) signIn();
    throw fault;
  }
};

/** To the sign-in, and back to this page. */
export function signIn(): void {
  location.assign(`/bff/login?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
}

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
  /** Ends the call where nobody waits for its answer any more. */
  readonly signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type AnyCall = (path: string, init: { params: { query?: Request['query'] }; body?: unknown; signal?: AbortSignal }) => Promise<Answer<unknown>>;

/** Asks the platform at an address that a descriptor names, so that no type knows it beforehand. @throws ApiProblem where it is refused. */
export type Call = <T>(method: Method, path: string, request?: Request) => Promise<T>;

/** A call by this client of the API, in a browser or on the server that makes pages. */
export const callOf = (api: Api): Call => <T>(method: Method, path: string, { query, body, signal }: Request = {}) =>
  unwrap((api[method] as unknown as AnyCall)(path, { params: { query }, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) }) as Promise<Answer<T>>);

let client: Api = createApi();
let spoken: Call = callOf(client);

/** The language in which the platform says what it has to say to this browser from now on. */
export function speak(language: string): void {
  client = createApi({ language });
  spoken = callOf(client);
}

/** A call with the session of this browser; who has none any more is led to the sign-in. */
export const call: Call = (method, path, request) => signedIn(spoken(method, path, request));

async function signedIn<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof ApiProblem && fault.status === 401) signIn();
    throw fault;
  }
}

interface Upload {
  readonly query: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly file: Blob;
  readonly type: string;
  readonly signal?: AbortSignal;
}

type AnyUpload = (path: string, init: object) => Promise<Answer<ReadableStream<Uint8Array<ArrayBuffer>>>>;

/** Sends a file as it is, and gives back each line of what the platform tells of it while it works; who has no session is led to the sign-in. @throws ApiProblem where it is refused. */
export async function* upload(path: string, { query, file, type, signal }: Upload): AsyncGenerator<unknown> {
  const headers = { accept: 'application/x-ndjson', 'content-type': type };
  const told = await signedIn(unwrap((client.POST as unknown as AnyUpload)(path, { params: { query }, body: file, bodySerializer: (body: Blob) => body, headers, parseAs: 'stream', signal })));
  const reader = told.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}

/** To the sign-in, and back to this page. */
export function signIn(): void {
  location.assign(`/bff/login?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
}

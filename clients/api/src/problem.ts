import type { components } from './schema.ts';

/** What the API answers where it refuses (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** What openapi-fetch gives back. */
export interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** A refusal: `code` is what programs look at, `message` what people read. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    /** Stable, in upper case; `UNKNOWN` where something between here and the platform answered. */
    readonly code: string,
    detail: string,
    /** Which fields of the request are wrong. */
    readonly errors: NonNullable<Problem['errors']>,
    /** The trace id: for whoever helps. */
    readonly requestId: string | undefined,
    /** Seconds after which to try again, where the answer says so. */
    readonly retryAfter: number | undefined,
  ) {
    super(detail);
  }

  static of(error: unknown, response: Response): ApiProblem {
    const problem: Partial<Problem> = typeof error === 'object' && error !== null ? error : {};
    const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return new ApiProblem(
      response.status,
      problem.code ?? 'UNKNOWN',
      problem.detail ?? `The platform answered with status ${response.status}.`,
      problem.errors ?? [],
      response.headers.get('X-Request-Id') ?? undefined,
      Number.isNaN(wait) ? undefined : wait,
    );
  }
}

/** The data of an answer. @throws ApiProblem where there is none. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw ApiProblem.of(error, response);
  return data as T;
}

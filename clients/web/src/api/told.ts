import { ApiProblem } from '@platform/api';

/** What the platform says of a refusal, in a form that a page takes along from the server. */
export interface Told {
  readonly status: number;
  readonly message: string;
  readonly requestId?: string | undefined;
}

export const toldOf = (error: unknown): Told | undefined =>
  error instanceof ApiProblem ? { status: error.status, message: error.message, requestId: error.requestId } : undefined;

/** What is said of a failure in one sentence: of a refusal, what it says of the first field. */
export const saidOf = (fault: Error): string => (fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : fault.message);

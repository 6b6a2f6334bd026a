import { ApiProblem, type Problem } from '@platform/api';
import { upload } from '../api/api';
import { sentName, type Target } from './targets';

export interface RowError {
  readonly line: string;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
}

/** What came of a file; counts are whole numbers as text. */
export interface Summary {
  readonly rowsRead: string;
  readonly rowsRejected: string;
  readonly rowsUnchanged: string;
  readonly errors: readonly RowError[];
  readonly warnings?: readonly RowError[];
  readonly ignoredColumns: readonly string[];
  /** By which it can be taken back; absent, or empty, for a trial. */
  readonly importId?: string;
  readonly [count: string]: unknown;
}

/** A piece of the file of rejected rows; its content is in base64. */
interface Piece {
  readonly mediaType: string;
  readonly content: string;
}

/** What a file begins with, as the platform reads it; line numbers are whole numbers as text. */
export interface Beginning {
  readonly columns?: readonly string[];
  readonly rows?: readonly { readonly line: string; readonly cells?: readonly string[] }[];
}

interface Told {
  readonly header?: Beginning;
  readonly progress?: { readonly rowsRead: string; readonly bytesRead: string };
  readonly rowError?: RowError;
  readonly summary?: Summary;
  readonly errorFile?: Piece;
  readonly error?: Problem;
}

export interface Wanted {
  readonly target: Target;
  readonly file: Blob;
  readonly type: string;
  /** Header and column or field, for those that are said. */
  readonly columns: ReadonlyMap<string, string>;
  /** What becomes of rows that may be there already, of contacts; empty for what the rules say. */
  readonly duplicates: string;
  /** By which field records of an object are recognised; empty for what the platform takes. */
  readonly match: string;
  readonly dryRun: boolean;
  /** Whether it is told first what the file begins with. */
  readonly header?: boolean;
}

export const typeOf = (name: string): string =>
  /\.xlsx$/i.test(name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : /\.xls$/i.test(name) ? 'application/vnd.ms-excel' : /\.tsv$/i.test(name) ? 'text/tab-separated-values' : 'text/csv';

export const isWorkbook = (name: string): boolean => /\.xlsx?$/i.test(name);

export const queryOf = ({ target, columns, duplicates, match, dryRun, header = false }: Omit<Wanted, 'file' | 'type'>) => ({
  ...target.query,
  column: [...columns].map(([header, column]) => `${header}:${sentName(column)}`),
  duplicates: duplicates || undefined,
  match: match || undefined,
  dryRun: dryRun ? true : undefined,
  header: header ? true : undefined,
  errorFile: true,
});

export interface Outcome {
  readonly summary: Summary;
  /** Every row that was rejected; the summary has the first thousand. */
  readonly rejected: readonly RowError[];
  /** They as a file of the kind that was sent; nothing where there are none. */
  readonly errorFile?: Blob;
}

/** The pieces of a file together. */
export function fileOf(pieces: readonly Piece[]): Blob | undefined {
  if (pieces.length === 0) return undefined;
  return new Blob(pieces.map(({ content }) => Uint8Array.from(atob(content), (char) => char.charCodeAt(0))), { type: pieces[0]!.mediaType });
}

/** Who hears of a file while it is read. */
export interface Hearing {
  readonly progress: (rows: number, bytes: number) => void;
  readonly header?: ((beginning: Beginning) => void) | undefined;
}

/** Sends a file, and tells how far the platform has come. @throws ApiProblem where the file is refused; what was written before it broke off stays. */
export async function importFile(wanted: Wanted, hearing: Hearing, signal?: AbortSignal): Promise<Outcome> {
  const rejected: RowError[] = [];
  const pieces: Piece[] = [];
  let summary: Summary | undefined;
  for await (const line of upload(wanted.target.path, { query: queryOf(wanted), file: wanted.file, type: wanted.type, ...(signal === undefined ? {} : { signal }) })) {
    const told = line as Told;
    if (told.header !== undefined) hearing.header?.(told.header);
    if (told.progress !== undefined) hearing.progress(Number(told.progress.rowsRead), Number(told.progress.bytesRead));
    if (told.rowError !== undefined) rejected.push(told.rowError);
    if (told.errorFile !== undefined) pieces.push(told.errorFile);
    if (told.error !== undefined) throw new ApiProblem(told.error.status ?? 0, told.error.code ?? 'UNKNOWN', told.error.detail ?? '', told.error.errors ?? [], undefined, undefined);
    summary = told.summary ?? summary;
  }
  if (summary === undefined) throw new TypeError('The answer broke off.');
  const errorFile = fileOf(pieces);
  return { summary, rejected: rejected.length > 0 ? rejected : (summary.errors ?? []), ...(errorFile === undefined ? {} : { errorFile }) };
}

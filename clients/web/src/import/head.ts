import { decode, rowsOf, separatorOf, type TextRow } from './csv';
import { isWorkbook, type Beginning } from './run';

const most = 65_536;
/** More than that is not kept in the page beside what the platform says of it. */
const whole = 20 * 1024 * 1024;

/** The beginning of a file, as far as a page can read it; nothing of a workbook, of which the platform tells when it reads it. */
export interface Head {
  readonly headers: readonly string[];
  readonly rows: readonly TextRow[];
  /** Whole lines of the beginning. */
  readonly blob: Blob;
}

/** The same of a file that the platform has begun to read. */
export const withBeginning = (head: Head, { columns = [], rows = [] }: Beginning): Head =>
  ({ ...head, headers: columns, rows: rows.map(({ line, cells = [] }) => ({ line: Number(line), cells })) });

export async function headOf(file: File): Promise<Head> {
  if (isWorkbook(file.name)) return { headers: [], rows: [], blob: file };
  const bytes = await file.slice(0, most).arrayBuffer();
  const end = file.size <= most ? bytes.byteLength : new Uint8Array(bytes).lastIndexOf(10) + 1 || bytes.byteLength;
  const text = decode(bytes.slice(0, end));
  const [header, ...rows] = rowsOf(text, separatorOf(text), 200);
  return { headers: (header?.cells ?? []).map((cell) => cell.trim()), rows, blob: file.slice(0, end) };
}

/** Every row of a text by the line on which it begins; nothing where that would be too much. */
export async function linesOf(file: File): Promise<ReadonlyMap<number, TextRow> | undefined> {
  if (isWorkbook(file.name) || file.size > whole) return undefined;
  const text = decode(await file.arrayBuffer());
  return new Map(rowsOf(text, separatorOf(text)).map((row) => [row.line, row]));
}

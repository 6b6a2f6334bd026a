import { csvLine, type TextRow } from './csv';
import type { RowError } from './run';

/** The cells of a row: as many as the file has columns, and those beyond, but for the empty ones that spreadsheets leave behind. */
function cellsOf(row: TextRow | undefined, width: number): string[] {
  const cells = row?.cells ?? [];
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return Array.from({ length: Math.max(width, last + 1) }, (_none, index) => cells[index] ?? '');
}

/** The rejected rows as a file: as they stood, with what is wrong behind them, so that they can be mended and imported again. */
export function errorFile(rejected: readonly RowError[], rows: ReadonlyMap<number, TextRow> | undefined, headers: readonly string[], said: { readonly line: string; readonly column: string; readonly fault: string }): string {
  const ordered = rejected.toSorted((a, b) => Number(a.line) - Number(b.line));
  const known = rows !== undefined && headers.length > 0;
  const faultOf = ({ column, code, message }: RowError) => [column, code, message].filter((part) => part).join(': ');
  // What was wrong the last time gives way to what is wrong now.
  const again = headers.length > 1 && headers.at(-1) === said.fault;
  const own = again ? headers.slice(0, -1) : headers;
  const lines = known
    ? ordered.map((error) => {
      const cells = cellsOf(rows.get(Number(error.line)), headers.length);
      return csvLine([...(again ? cells.slice(0, -1) : cells), faultOf(error)]);
    })
    : ordered.map((error) => csvLine([error.line, error.column ?? '', `${error.code}: ${error.message}`]));
  // A byte order mark, without which Excel takes UTF-8 for something else.
  return `\ufeff${csvLine(known ? [...own, said.fault] : [said.line, said.column, said.fault])}${lines.join('')}`;
}

import { csvLine, type TextRow } from './csv';
import type { RowError } from './run';

/** The rejected rows as a file: as they stood, with what is wrong behind them, so that they can be mended and imported again. */
export function errorFile(rejected: readonly RowError[], rows: ReadonlyMap<number, TextRow> | undefined, headers: readonly string[], said: { readonly line: string; readonly column: string; readonly fault: string }): string {
  const ordered = rejected.toSorted((a, b) => Number(a.line) - Number(b.line));
  const known = rows !== undefined && headers.length > 0;
  const faultOf = ({ column, code, message }: RowError) => [column, code, message].filter((part) => part).join(': ');
  const lines = known
    ? ordered.map((error) => csvLine([...headers.map((_header, index) => rows.get(Number(error.line))?.cells[index] ?? ''), faultOf(error)]))
    : ordered.map((error) => csvLine([error.line, error.column ?? '', `${error.code}: ${error.message}`]));
  // A byte order mark, without which Excel takes UTF-8 for something else.
  return `\ufeff${csvLine(known ? [...headers, said.fault] : [said.line, said.column, said.fault])}${lines.join('')}`;
}

import type { Field, Row } from '../api/api';

/** A place in a table: the record and the column, from 0; column 0 is the name. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A place that stays with its record, where others come and go before it. */
export interface Spot {
  readonly id: string;
  readonly column: number;
}

export const spotOf = ({ row, column }: Place, rows: readonly Row[]): Spot | undefined => (rows[row] === undefined ? undefined : { id: rows[row].id, column });

/** Where the record stands now; undefined where it is not among them any more. */
export function placeOf(spot: Spot | undefined, rows: readonly Row[]): Place | undefined {
  const row = spot === undefined ? -1 : rows.findIndex(({ id }) => id === spot.id);
  return row < 0 ? undefined : { row, column: spot!.column };
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** Where a key leads from a place, as in a spreadsheet; undefined where it leads nowhere. */
export function placeAfter({ row, column }: Place, { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean }, rows: number, columns: number, page: number): Place | undefined {
  const to: Readonly<Record<string, Place>> = {
    ArrowUp: { row: ctrlKey ? 0 : row - 1, column },
    ArrowDown: { row: ctrlKey ? rows - 1 : row + 1, column },
    ArrowLeft: { row, column: ctrlKey ? 0 : column - 1 },
    ArrowRight: { row, column: ctrlKey ? columns - 1 : column + 1 },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? rows - 1 : row, column: columns - 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
  };
  const found = to[key];
  return found === undefined ? undefined : { row: within(found.row, rows), column: within(found.column, columns) };
}

/** Where Tab leads: to the next place of the record, then to the next record; undefined at the end of the table, where it leads out. */
export function placeBeside({ row, column }: Place, back: boolean, rows: number, columns: number): Place | undefined {
  const at = row * columns + column + (back ? -1 : 1);
  return at < 0 || at >= rows * columns ? undefined : { row: Math.floor(at / columns), column: at % columns };
}

export const rangeOf = (one: Place, other: Place): Range => ({
  top: Math.min(one.row, other.row), bottom: Math.max(one.row, other.row), left: Math.min(one.column, other.column), right: Math.max(one.column, other.column),
});

/** Rows of texts as spreadsheets put them onto the clipboard: what holds a tab, a line or a quote stands in quotes. */
export const writeTsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(quoted).join('\t')).join('\n');

const quoted = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The same, read. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let found = cell.exec(source); found !== null; found = cell.exec(source)) {
    rows.at(-1)!.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === '\n') rows.push([]);
    if (found[3] === '') break;
  }
  return rows;
}

/** A value as text, as another cell takes it again. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value !== 'object' || value === null) return '';
  const { amount, currency } = value as Readonly<Record<string, unknown>>;
  return typeof amount === 'string' ? `${amount} ${typeof currency === 'string' ? currency : ''}`.trim() : '';
}

const plain = new Set(['text', 'long_text', 'email', 'phone', 'url', 'date', 'decimal', 'instant', 'relation', 'user', 'confidential', 'enum', 'single_choice']);

/** With what editing begins where a letter begins it. */
export const begunWith = (field: Field, typed: string): unknown => valueOf(field, typed, undefined) ?? typed;

/** A text as the value of a field; undefined where the field does not take it. What the platform makes of it, the platform says. */
export function valueOf(field: Field, text: string, now: unknown): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  switch (field.type) {
    case 'number':
      return /^-?\d+$/.test(trimmed) ? Number(trimmed) : undefined;
    case 'boolean':
      return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : undefined;
    case 'multiple_choice':
      return trimmed.split(/\s*,\s*/);
    case 'money': {
      const [, amount, currency] = /^(-?\d+(?:\.\d+)?)(?:\s*([A-Z]{3}))?$/.exec(trimmed) ?? [];
      const known = (now as { readonly currency?: string } | undefined)?.currency;
      return amount === undefined || (currency ?? known) === undefined ? undefined : { amount, currency: currency ?? known };
    }
    default:
      return plain.has(field.type) ? (field.type === 'long_text' ? text : trimmed) : undefined;
  }
}

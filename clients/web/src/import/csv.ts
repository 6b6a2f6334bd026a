/** A row of a file of text: where it begins, from 1, and its cells. */
export interface TextRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const separators = [',', ';', '\t', '|'] as const;

/** The text of the beginning of a file; what is not UTF-8 is shown by the code page that most such files have here. The platform finds out by itself. */
export function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    // Cut anywhere, the last letter may be half.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** What stands between cells: what the first line says, else what it has most of. */
export function separatorOf(text: string): string {
  const declared = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  if (declared !== undefined) return declared;
  const header = text.slice(0, /\r|\n/.exec(text)?.index ?? text.length);
  return separators.toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!;
}

/** What a spreadsheet would take for a formula, behind the apostrophes that keep it from that. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** As the platform reads a cell: an apostrophe in front of what begins like a formula is no part of it. */
const plain = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);

/** The rows of a file as RFC 4180 has them, blank ones passed over; at most so many. */
export function rowsOf(text: string, separator: string, most = Infinity): TextRow[] {
  const rows: TextRow[] = [];
  let [cells, cell, quoted, line, begins]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const end = () => {
    cells.push(plain(cell));
    if (cells.some((entry) => entry.trim() !== '')) rows.push({ line: begins, cells });
    [cells, cell, begins] = [[], '', line];
  };
  const start = /^sep=[,;\t|]\r?\n/i.exec(text)?.[0].length ?? 0;
  if (start > 0) line = begins = 2;
  for (let at = start; at < text.length && rows.length < most; at++) {
    const char = text[at]!;
    const breaks = char === '\n' || (char === '\r' && text[at + 1] !== '\n');
    if (breaks) line++;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at]!;
      else quoted = false;
    } else if (char === '"' && cell.trim() === '') [cell, quoted] = ['', true];
    else if (char === separator) {
      cells.push(plain(cell));
      cell = '';
    } else if (breaks) end();
    else if (char !== '\r') cell += char;
  }
  if ((cell !== '' || cells.length > 0) && rows.length < most) end();
  return rows;
}

/** A line of a file of text. A cell that a spreadsheet would take for a formula is written so that it does not, and that it is read as it was. */
export function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (formula.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

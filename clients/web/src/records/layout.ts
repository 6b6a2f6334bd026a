import type { Column } from './columns';

/** How somebody wants to see a column: which one, how wide (0: as wide as it gets), and whether it stays in sight. */
export interface Setting {
  readonly path: string;
  readonly width: number;
  readonly pinned: boolean;
}

/** Stands for the first column, which shows what a record is called. */
export const nameColumn = '@';

const [least, most] = [60, 900];
const entry = /^([@a-z][a-z0-9_.]*)(~?)(?::(\d{1,4}))?$/;

export const widthIn = (width: number): number => Math.min(most, Math.max(least, Math.round(width)));

/** "status~:120,amount" as the address has it; what cannot be read is left out, and of what stands twice the second one. */
export function readSettings(text: string): Setting[] {
  const found = new Map<string, Setting>();
  for (const part of text.split(',')) {
    const [, path, pin, width] = entry.exec(part.trim()) ?? [];
    if (path !== undefined && !found.has(path)) found.set(path, { path, pinned: pin === '~', width: width === undefined ? 0 : widthIn(Number(width)) });
  }
  return [...found.values()];
}

export const writeSettings = (settings: readonly Setting[]): string =>
  settings.map(({ path, pinned, width }) => `${path}${pinned ? '~' : ''}${width === 0 ? '' : `:${width}`}`).join(',');

/** What is seen now, as settings; the name comes first and is among them only where somebody made it another width. */
export function settingsOf(columns: readonly Column[], nameWidth: number): Setting[] {
  const settings = columns.map(({ field, width, pinned, sized }) => ({ path: field.path, width: sized ? width : 0, pinned }));
  return nameWidth === 0 ? settings : [{ path: nameColumn, width: nameWidth, pinned: true }, ...settings];
}

/** The columns in the order and the widths that somebody chose, of those that there are; the pinned ones first, since they stand at the edge. */
export function arranged(known: readonly Column[], settings: readonly Setting[]): Column[] {
  const byPath = new Map(known.map((column) => [column.field.path, column]));
  const chosen = settings.flatMap(({ path, width, pinned }) => {
    const column = byPath.get(path);
    return column === undefined ? [] : [{ ...column, pinned, sized: width > 0, width: width || column.width }];
  });
  return [...chosen.filter((column) => column.pinned), ...chosen.filter((column) => !column.pinned)];
}

/** With the column at the place of another one, among those that are pinned as it is. */
export function movedTo(columns: readonly Column[], path: string, to: string): Column[] {
  const [from, target] = [columns.find(({ field }) => field.path === path), columns.findIndex(({ field }) => field.path === to)];
  if (from === undefined || target < 0 || path === to) return [...columns];
  const others = columns.filter((column) => column !== from);
  return pinnedFirst(others.toSpliced(target, 0, from));
}

/** With the column one place further left (-1) or right (1). */
export function movedBy(columns: readonly Column[], path: string, step: -1 | 1): Column[] {
  const at = columns.findIndex(({ field }) => field.path === path);
  const to = columns[at + step];
  return at < 0 || to === undefined || to.pinned !== columns[at]!.pinned ? [...columns] : movedTo(columns, path, to.field.path);
}

export const resized = (columns: readonly Column[], path: string, width: number): Column[] =>
  columns.map((column) => (column.field.path === path ? { ...column, width: widthIn(width), sized: true } : column));

export const pinnedAs = (columns: readonly Column[], path: string, pinned: boolean): Column[] =>
  pinnedFirst(columns.map((column) => (column.field.path === path ? { ...column, pinned } : column)));

const pinnedFirst = (columns: readonly Column[]): Column[] => [...columns.filter((column) => column.pinned), ...columns.filter((column) => !column.pinned)];

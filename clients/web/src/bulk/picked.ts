import type { Row } from '../api/api';

/** Which records of a list are chosen, to be worked on together. */
export interface Picked {
  /** What the list was narrowed to when they were chosen: what another list shows is not meant. */
  readonly scope: string;
  readonly ids: ReadonlySet<string>;
  /** All that the list finds, also what is not loaded. */
  readonly all: boolean;
  /** From where Shift chooses on. */
  readonly from: string | undefined;
}

export const nothing = (scope: string): Picked => ({ scope, ids: new Set(), all: false, from: undefined });

const idsOf = (picked: Picked, rows: readonly Row[]): Set<string> => (picked.all ? new Set(rows.map(({ id }) => id)) : new Set(picked.ids));

/** With one more, or one less; with Shift, all from the last one on become as that one is. */
export function toggled(picked: Picked, rows: readonly Row[], index: number, through: boolean): Picked {
  const row = rows[index];
  if (row === undefined) return picked;
  const [ids, from] = [idsOf(picked, rows), through ? rows.findIndex(({ id }) => id === picked.from) : -1];
  if (from < 0) {
    if (!ids.delete(row.id)) ids.add(row.id);
    return { ...picked, ids, all: false, from: row.id };
  }
  return ranged({ ...picked, ids, all: false }, rows, from, index, ids.has(rows[from]!.id));
}

/** With all between two places, or without them. */
export function ranged(picked: Picked, rows: readonly Row[], one: number, other: number, on: boolean): Picked {
  const ids = idsOf(picked, rows);
  for (const { id } of rows.slice(Math.min(one, other), Math.max(one, other) + 1)) {
    if (on) ids.add(id);
    else ids.delete(id);
  }
  return { ...picked, ids, all: false, from: rows[other]?.id };
}

export const isPicked = ({ all, ids }: Picked, id: string): boolean => all || ids.has(id);

/** Those that are chosen and still there, in the order of the list. */
export const rowsOf = (picked: Picked, rows: readonly Row[]): readonly Row[] => (picked.all ? rows : picked.ids.size === 0 ? [] : rows.filter(({ id }) => picked.ids.has(id)));

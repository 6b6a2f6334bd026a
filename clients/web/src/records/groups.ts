import type { Field, Resource, Row, SavedView } from '../api/api';
import { optionsOf } from '../fields/choices';
import { ordersOf, writeOrders } from './filters';
import { isEmpty, seen, valueAt } from './values';

/** By what the platform lets a view be grouped. */
const kinds = new Set(['enum', 'boolean', 'single_choice', 'user', 'relation']);
const mostOrders = 3;

/** The address of a list that is not grouped although its view is. */
export const ungrouped = 'none';

/** The fields by which records can be grouped. */
export const groupFieldsOf = (resource: Resource): Field[] => seen(resource).filter((field) => kinds.has(field.type) && field.access !== 'masked');

/** By what a list is grouped: as its address says, else as its view does. */
export function groupOf(resource: Resource, search: URLSearchParams, view: SavedView | undefined): Field | undefined {
  const path = search.get('group') ?? view?.groupField ?? '';
  return path === '' || path === ungrouped ? undefined : groupFieldsOf(resource).find((field) => field.path === path);
}

const isRollUp = (resource: Resource, path: string): boolean => resource.fields.find((field) => field.path === path)?.definition?.rollUp !== undefined;

/** Whether the platform puts one group after the other, however many records there are: else the first of them are put in groups here. */
export const comesInGroups = (resource: Resource, group: Field, orderBy: string): boolean => group.sortable && !ordersOf(orderBy).some(({ path }) => isRollUp(resource, path));

/** The order in which records are asked for: group after group, and in each as somebody wants them. */
export function orderWithin(resource: Resource, group: Field | undefined, orderBy: string): string {
  if (group === undefined || !comesInGroups(resource, group, orderBy)) return orderBy;
  const orders = ordersOf(orderBy);
  const first = orders.find(({ path }) => path === group.path) ?? { path: group.path, descending: false };
  const within = orders.filter(({ path }) => path !== group.path);
  // The newest first, as where nobody said how.
  return writeOrders([first, ...(within.length > 0 ? within : [{ path: 'create_time', descending: true }])].slice(0, mostOrders));
}

export interface Group {
  /** What stands for its value; empty for the records without one. */
  readonly key: string;
  readonly value: unknown;
  readonly count: number;
  /** There may be more of it than are loaded. */
  readonly more: boolean;
  readonly open: boolean;
}

/** A line of a table: the head of a group, or a record by its place among those that are shown. */
export type Line = { readonly group: Group } | { readonly row: number };

export interface Grouped {
  readonly field: Field;
  readonly groups: readonly Group[];
  /** The records of the groups that are open, in their order. */
  readonly rows: readonly Row[];
  readonly lines: readonly Line[];
}

const keyOf = (value: unknown): string => (isEmpty(value) ? '' : typeof value === 'string' ? value : String(value));

/** Choices in their own order, yes before no, the rest as it came; what has no value comes last. */
function placeOf(field: Field): (key: string) => number {
  const known = field.type === 'boolean' ? ['true', 'false'] : optionsOf(field).map((option) => option.key);
  return (key) => (key === '' ? Number.MAX_SAFE_INTEGER : known.includes(key) ? known.indexOf(key) : known.length);
}

interface How {
  readonly closed: ReadonlySet<string>;
  readonly hasMore: boolean;
  /** They come group after group, and stay in this order. */
  readonly inOrder: boolean;
}

/** Records under the heads of their groups; those of closed groups are not shown. */
export function grouped(rows: readonly Row[], field: Field, { closed, hasMore, inOrder }: How): Grouped {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(valueAt(row, field.jsonPath));
    const known = found.get(key);
    if (known === undefined) found.set(key, [row]);
    else known.push(row);
  }
  const place = placeOf(field);
  const entries = inOrder ? [...found] : [...found].toSorted(([one], [other]) => place(one) - place(other));
  const [shown, lines, groups] = [[] as Row[], [] as Line[], [] as Group[]];
  entries.forEach(([key, members], index) => {
    const group = { key, value: valueAt(members[0]!, field.jsonPath), count: members.length, more: hasMore && (!inOrder || index === entries.length - 1), open: !closed.has(key) };
    groups.push(group);
    lines.push({ group });
    if (group.open) for (const row of members) lines.push({ row: shown.push(row) - 1 });
  });
  return { field, groups, rows: shown, lines };
}

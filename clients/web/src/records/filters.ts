import type { Field, Resource } from '../api/api';

const searched = new Set(['name', 'first_name', 'last_name', 'email', 'number', 'title', 'subject', 'company_name']);

/** A text as the filter language has it. */
export const quoted = (text: string): string => `"${text.replace(/[\\"*]/g, '\\$&')}"`;

/** A filter that finds the words in what records are called by. */
export function searchFilter(resource: Resource, words: string): string {
  const trimmed = words.trim();
  if (trimmed === '') return '';
  const fields = resource.fields.filter((field: Field) => field.filterable && field.access === 'full' && searched.has(field.path));
  const each = (word: string) => fields.map((field) => `${field.path} : ${quoted(word)}`).join(' OR ');
  // OR binds tighter than AND: each word has to be found somewhere.
  return fields.length === 0 ? '' : trimmed.split(/\s+/).slice(0, 8).map((word) => `(${each(word)})`).join(' AND ');
}

const isGiven = (filter: string): boolean => filter.trim() !== '';

/** Filters that all have to hold. */
export const all = (...filters: readonly string[]): string => {
  const given = filters.filter(isGiven);
  return given.length < 2 ? (given[0] ?? '') : given.map((filter) => `(${filter})`).join(' AND ');
};

/** Where a filter begins among others that all have to hold. */
export function startAmong(before: readonly string[], behind: readonly string[]): number {
  const given = before.filter(isGiven);
  return given.length === 0 && !behind.some(isGiven) ? 0 : [...given.map((filter) => `(${filter})`), '('].join(' AND ').length;
}

export interface FaultOfFilter {
  readonly sentence: string;
  /** From 0, in the filter as it was written; undefined where the fault is not in it. */
  readonly at: number | undefined;
}

/** A fault as the platform's sentence tells it in any language ("At character 7: …"), told of the part of the filter that somebody wrote. */
export function faultIn(filter: string, startsAt: number, sentence: string): FaultOfFilter {
  const found = /^([^\d:]*)(\d+)(\s*:\s*)(.*)$/s.exec(sentence);
  if (found === null) return { sentence, at: undefined };
  const [, before = '', place = '', between = '', message = ''] = found;
  const at = Number(place) - 1 - startsAt;
  return at < 0 || at > filter.length ? { sentence: message, at: undefined } : { sentence: `${before}${at + 1}${between}${message}`, at };
}

export interface Order {
  readonly path: string;
  readonly descending: boolean;
}

export function orderOf(text: string): Order | undefined {
  const [path = '', direction] = text.split(',')[0]!.trim().split(/\s+/);
  return path === '' ? undefined : { path, descending: direction === 'desc' };
}

/** Ascending, then descending, then none. */
export const nextOrder = (now: Order | undefined, path: string): string =>
  now?.path !== path ? path : now.descending ? '' : `${path} desc`;

/** Every field by which records are ordered, the first one first. */
export const ordersOf = (text: string): Order[] => text.split(',').flatMap((part) => orderOf(part) ?? []);

export const writeOrders = (orders: readonly Order[]): string => orders.map(({ path, descending }) => (descending ? `${path} desc` : path)).join(', ');

const mostOrders = 3;

/** Within the fields by which records are ordered already: ascending at the end, then descending where it stands, then none. */
export function nextOrders(text: string, path: string): string {
  const orders = ordersOf(text);
  const known = orders.find((order) => order.path === path);
  if (known === undefined) return writeOrders([...orders, { path, descending: false }].slice(-mostOrders));
  return writeOrders(known.descending ? orders.filter((order) => order !== known) : orders.map((order) => (order === known ? { path, descending: true } : order)));
}

import type { Field, Resource } from '../api/api';

const searched = new Set(['name', 'first_name', 'last_name', 'email', 'number', 'title', 'company_name']);

const quote = (text: string): string => `"${text.replace(/[\\"*]/g, '\\$&')}"`;

/** A filter that finds the words in what records are called by. */
export function searchFilter(resource: Resource, words: string): string {
  const trimmed = words.trim();
  if (trimmed === '') return '';
  const fields = resource.fields.filter((field: Field) => field.filterable && field.access === 'full' && searched.has(field.path));
  const each = (word: string) => fields.map((field) => `${field.path} : ${quote(word)}`).join(' OR ');
  // OR binds tighter than AND: each word has to be found somewhere.
  return fields.length === 0 ? '' : trimmed.split(/\s+/).slice(0, 8).map((word) => `(${each(word)})`).join(' AND ');
}

/** Filters that all have to hold. */
export const all = (...filters: readonly string[]): string => {
  const given = filters.filter((filter) => filter.trim() !== '');
  return given.length < 2 ? (given[0] ?? '') : given.map((filter) => `(${filter})`).join(' AND ');
};

/** The place of a fault, from 0, as the platform's sentence tells it in any language: "At character 7: …". */
export function placeOfFault(sentence: string): { readonly at: number; readonly message: string } | undefined {
  const found = /^[^\d:]*(\d+)\s*:\s*(.*)$/s.exec(sentence);
  return found === null ? undefined : { at: Math.max(0, Number(found[1]) - 1), message: found[2] ?? '' };
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

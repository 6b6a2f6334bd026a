import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Call, Field, Resource, Row } from '../api/api';
import { sectionsOf } from '../records/sections';
import { isEditable, isEmpty, valueAt } from '../records/values';

/** Two records that may be the same. */
export interface Duplicate {
  readonly id: string;
  readonly resource: string;
  readonly firstId: string;
  readonly secondId: string;
  /** 1 to 100; 0 where that may not be told. */
  readonly score?: number;
  readonly reasons?: readonly string[];
}

export const compared = ['contacts.person', 'contacts.company', 'contacts.lead'] as const;

interface Pairs {
  readonly duplicates?: readonly Duplicate[];
  readonly nextPageToken?: string;
}

export const duplicatesQuery = (call: Call, resource: string) =>
  infiniteQueryOptions({
    queryKey: ['duplicates', resource],
    queryFn: ({ pageParam }) => call<Pairs>('GET', '/api/v1/contacts/duplicates', { query: { resource, pageSize: 100, pageToken: pageParam || undefined } }),
    initialPageParam: '',
    getNextPageParam: ({ nextPageToken }: Pairs) => nextPageToken || undefined,
    retry: false,
  });

/** Leads are converted, not merged. */
export const isMerged = (resource: string): boolean => resource !== 'contacts.lead';

/** The fields in which the two are worth comparing: what can be written, and what one of them has. */
export const comparedFields = (resource: Resource, first: Row, second: Row): Field[] =>
  sectionsOf(resource).flatMap((section) => section.fields).filter((field) =>
    (isEditable(field) || field.type === 'message') && !field.outputOnly && !(isEmpty(valueAt(first, field.jsonPath)) && isEmpty(valueAt(second, field.jsonPath))));

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
export const differs = (field: Field, first: Row, second: Row): boolean => !same(valueAt(first, field.jsonPath), valueAt(second, field.jsonPath));

/** Whose value a field gets where nobody chooses: that of the record that stays, and of the other where it has none. */
export const byItself = (field: Field, stays: Row, goes: Row): string => (isEmpty(valueAt(stays, field.jsonPath)) && !isEmpty(valueAt(goes, field.jsonPath)) ? goes.id : stays.id);

/** What a merge asks for: choices are sent where they are others than would be made anyway. */
export function mergeBody(fields: readonly Field[], stays: Row, goes: Row, chosen: ReadonlyMap<string, string>) {
  const choices = fields.flatMap((field) => {
    const recordId = chosen.get(field.path);
    return recordId === undefined || recordId === byItself(field, stays, goes) ? [] : [{ field: field.path, recordId }];
  });
  return { etag: stays.etag, merged: [{ id: goes.id, etag: goes.etag }], choices };
}

/** The rules that every company begins with, which are told in the language of whoever looks; those of its own have the names that it gave them. */
export const knownRules = {
  'Same e-mail': 'same-email', 'Same phone, similar name': 'same-phone', 'Same name': 'same-name', 'Similar name that sounds alike': 'sounds-alike', 'Same name but for the legal form': 'same-company',
} as const;
export const isKnownRule = (name: string): name is keyof typeof knownRules => name in knownRules;

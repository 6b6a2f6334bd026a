import { queryOptions } from '@tanstack/react-query';
import type { Call, Resource, Row } from '../api/api';
import { pageOf } from './queries';

/** What happened, whichever service tells it. */
export interface Happening {
  readonly id: string;
  readonly kind: string;
  readonly time: string;
  readonly actor: string;
  readonly title: string;
  readonly body: string;
  readonly changes: readonly Change[];
}

/** A field before and after. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The caller may know that it changed, and not what it holds. */
  readonly masked: boolean;
}

type Entry = Readonly<Record<string, unknown>>;

const subjects: Readonly<Record<string, string>> = { 'contacts.person': 'personId', 'contacts.company': 'companyId', 'contacts.lead': 'leadId' };

/** Where the happenings of a record are asked for; undefined where the resource has none. */
export function sourceOf(resource: Resource, row: Row): { path: string; query: Record<string, string | number> } | undefined {
  const subject = subjects[resource.resource];
  if (subject !== undefined) return { path: '/api/v1/contacts/activities', query: { [subject]: row.id, pageSize: 50 } };
  return resource.resource.startsWith('records.') ? { path: `${resource.restPath}/${row.id}/timeline`, query: { pageSize: 50 } } : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const short = (kind: string): string => kind.replace(/^(TIMELINE|ACTIVITY)_KIND_/, '').toLowerCase();

export function happeningOf(entry: Entry): Happening {
  const [note, related] = [entry['note'] as Entry | undefined, entry['related'] as Entry | undefined];
  return {
    id: text(entry['id']),
    kind: short(text(entry['kind'])),
    time: text(entry['time']) || text(entry['occurTime']) || text(entry['createTime']),
    actor: text(entry['onBehalfOf']) || text(entry['actor']),
    title: text(entry['subject']) || text(related?.['name']),
    body: text(entry['body']) || text(note?.['body']),
    changes: Array.isArray(entry['changes']) ? (entry['changes'] as Entry[]).map((change) => ({ path: text(change['field']), from: change['from'], to: change['to'], masked: change['masked'] === true })) : [],
  };
}

/** What happened to a record that has a source. */
export const timelineQuery = (call: Call, { path, query }: NonNullable<ReturnType<typeof sourceOf>>, id: string) =>
  queryOptions({ queryKey: ['timeline', id], queryFn: async ({ signal }) => pageOf(await call<Entry>('GET', path, { query, signal })).rows.map(happeningOf), retry: false });

/** How a note is written, where the resource takes notes. */
export function noteOf(resource: Resource, row: Row, body: string, mentionedUserIds: readonly string[] = []): { path: string; body: Record<string, unknown> } | undefined {
  const subject = subjects[resource.resource];
  if (subject !== undefined) return { path: '/api/v1/contacts/activities', body: { [subject]: row.id, kind: 'ACTIVITY_KIND_NOTE', subject: body.split('\n')[0]!.slice(0, 120), body, ...(mentionedUserIds.length === 0 ? {} : { mentionedUserIds }) } };
  return resource.resource.startsWith('records.') ? { path: `${resource.restPath}/${row.id}/notes`, body: mentionedUserIds.length === 0 ? { body } : { body, mentionedUserIds } } : undefined;
}

import { ApiProblem } from '@platform/api';
import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { call, type Field, type Resource, type Row } from '../api/api';
import { tellsOf } from '../api/changed';
import { useNotice } from '../ui/Notice';
import { rowAddress, rowKey, type Page } from './queries';
import { isEmpty, patchOf, valueAt, withValue } from './values';

type Rows = InfiniteData<Page, string>;

/** What is kept of a resource's records: a list page by page, a few of them at once, or something else that is looked for among them. */
type Kept = Rows | Page | readonly unknown[] | null;

/** One cell and what it shall hold. */
export interface CellChange {
  /** The record as whoever changes it saw it: what somebody else changed since is not written over. */
  readonly row: Row;
  readonly field: Field;
  readonly value: unknown;
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other) || (isEmpty(one) && isEmpty(other));

const pagesOf = (kept: Kept | undefined): readonly Page[] =>
  typeof kept !== 'object' || kept === null ? [] : 'pages' in kept ? kept.pages : 'rows' in kept ? [kept] : [];

/** The lists of a resource with one record as it is now; other pages, and other records, are the same objects. */
export function put(client: QueryClient, resource: Resource, id: string, to: (row: Row) => Row): void {
  const holds = (page: Page) => page.rows.some((row) => row.id === id);
  const within = (page: Page): Page => (holds(page) ? { ...page, rows: page.rows.map((row) => (row.id === id ? to(row) : row)) } : page);
  client.setQueriesData<Kept>({ queryKey: ['rows', resource.resource] }, (known) => {
    if (known === undefined || !pagesOf(known).some(holds)) return known;
    return 'pages' in known! ? { ...known, pages: known.pages.map(within) } : within(known as Page);
  });
}

/** The record as what is on the screen has it by now. A list that nobody looks at holds what it was when it was left. */
export function find(client: QueryClient, resource: Resource, id: string): Row | undefined {
  for (const [, known] of client.getQueriesData<Kept>({ queryKey: ['rows', resource.resource], type: 'active' }))
    for (const page of pagesOf(known)) for (const row of page.rows) if (row.id === id) return row;
  return undefined;
}

/** Which etag a change from here brought in place of which: whoever read the former has seen all but their own change. */
const brought = new Map<string, string>();
const mostBrought = 500;

/** A change from here brought another etag. */
export function bring(before: string | undefined, now: string | undefined, id: string): void {
  if (before === undefined || now === undefined || before === now) return;
  brought.set(`${id} ${before}`, now);
  if (brought.size > mostBrought) brought.delete(brought.keys().next().value!);
}

/** The record as it was read, with the etag that it has after all changes from here alone. */
export function afterOwn(row: Row): Row {
  let etag = row.etag;
  for (let steps = 0; steps < mostBrought && brought.has(`${row.id} ${etag}`); steps++) etag = brought.get(`${row.id} ${etag}`);
  return etag === row.etag ? row : { ...row, etag: etag! };
}

/** Changes of one record follow each other, each with the etag that the one before it brought. */
const waiting = new Map<string, Promise<unknown>>();

/**
 * Changes cells of a list: shown at once, sent one field at a time, taken back alone where the platform refuses. What somebody else changed meanwhile is
 * not written over, but shown. The pages that are loaded stay as they are: of a hundred thousand records, one is changed.
 */
export function useCellChange(resource: Resource): (changes: readonly CellChange[]) => void {
  const [client, tell, t] = [useQueryClient(), useNotice(), useTranslations('records')];
  const send = async ({ row: read, field, value }: CellChange, before: unknown) => {
    const { id } = read;
    try {
      const known = afterOwn(read);
      const { mask, body } = patchOf(known, field, value);
      const row = await call<Row>('PATCH', rowAddress(resource, id), { query: { updateMask: mask }, body });
      bring(known.etag, row.etag, id);
      put(client, resource, id, () => row);
      client.setQueryData(rowKey(resource, id), row);
    } catch (fault) {
      const problem = fault instanceof ApiProblem ? fault : undefined;
      put(client, resource, id, (now) => (same(valueAt(now, field.jsonPath), value) ? withValue(now, field.jsonPath, before) : now));
      if (problem?.code === 'STALE_ETAG') {
        const theirs = await call<Row>('GET', rowAddress(resource, id)).catch(() => undefined);
        if (theirs !== undefined) put(client, resource, id, () => theirs);
      }
      tell({ text: problem?.code === 'STALE_ETAG' ? t('conflict') : `${field.label}: ${problem?.errors[0]?.message ?? problem?.message ?? t('notSaved')}`, bad: true });
    }
  };
  return (changes) => {
    for (const change of changes) {
      const { row: { id }, field, value } = change;
      const before = valueAt(find(client, resource, id) ?? change.row, field.jsonPath);
      if (same(before, value)) continue;
      put(client, resource, id, (row) => withValue(row, field.jsonPath, value));
      const now = (waiting.get(id) ?? Promise.resolve()).then(() => send(change, before));
      waiting.set(id, now);
      void now.then(() => {
        if (waiting.get(id) !== now) return;
        waiting.delete(id);
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'rows' && tellsOf(queryKey, resource.resource, id) });
        void client.invalidateQueries({ queryKey: ['rows', resource.resource], refetchType: 'none' });
      });
    }
  };
}

import { ApiProblem } from '@platform/api';
import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { call, type Field, type Resource, type Row } from '../api/api';
import { tellsOf } from '../api/changed';
import { useNotice } from '../ui/Notice';
import { rowAddress, rowKey, type Page } from './queries';
import { isEmpty, patchOf, valueAt, withValue } from './values';

type Rows = InfiniteData<Page, string>;

/** One cell and what it shall hold. */
export interface CellChange {
  readonly row: Row;
  readonly field: Field;
  readonly value: unknown;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other) || (isEmpty(one) && isEmpty(other));

/** The lists of a resource with one record as it is now; other pages, and other records, are the same objects. */
function put(client: QueryClient, resource: Resource, id: string, to: (row: Row) => Row): void {
  client.setQueriesData<Rows>({ queryKey: ['rows', resource.resource] }, (known) => {
    const at = known?.pages.findIndex((page) => page.rows.some((row) => row.id === id)) ?? -1;
    return known === undefined || at < 0 ? known : { ...known, pages: known.pages.with(at, { ...known.pages[at]!, rows: known.pages[at]!.rows.map((row) => (row.id === id ? to(row) : row)) }) };
  });
}

/** The record as the lists have it by now. */
function find(client: QueryClient, resource: Resource, id: string): Row | undefined {
  for (const [, known] of client.getQueriesData<Rows>({ queryKey: ['rows', resource.resource] }))
    for (const page of known?.pages ?? []) for (const row of page.rows) if (row.id === id) return row;
  return undefined;
}

/** Changes of one record follow each other, each with the etag that the one before it brought. */
const waiting = new Map<string, Promise<unknown>>();

/**
 * Changes cells of a list: shown at once, sent one field at a time, taken back alone where the platform refuses. What somebody else changed meanwhile is
 * not written over, but shown. The pages that are loaded stay as they are: of a hundred thousand records, one is changed.
 */
export function useCellChange(resource: Resource): (changes: readonly CellChange[]) => void {
  const [client, tell, t] = [useQueryClient(), useNotice(), useTranslations('records')];
  const send = async ({ row: { id }, field, value }: CellChange, before: unknown) => {
    try {
      const { mask, body } = patchOf(find(client, resource, id) ?? { id }, field, value);
      const row = await call<Row>('PATCH', rowAddress(resource, id), { query: { updateMask: mask }, body });
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

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTimeZone } from 'next-intl';
import { call, type Field, type Resource, type Row } from '../api/api';
import { pageOf, rowAddress, rowKey, rowQuery, rowsQuery, type Page, type Wanted } from './queries';
import { patchOf, withValue } from './values';

export const listRows = async (path: string, query: Readonly<Record<string, string | number | undefined>>): Promise<Page> =>
  pageOf(await call<Record<string, unknown>>('GET', path, { query }));

export const useRows = (resource: Resource, wanted: Omit<Wanted, 'timeZone'>, enabled = true) =>
  useInfiniteQuery({ ...rowsQuery(call, resource, { ...wanted, timeZone: useTimeZone() ?? 'UTC' }), enabled });

export const useRow = (resource: Resource, id: string) => useQuery(rowQuery(call, resource, id));

export function useCreate(resource: Resource) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => call<Row>('POST', resource.restPath, { body }),
    onSuccess: (row) => {
      client.setQueryData(rowKey(resource, row.id), row);
      void client.invalidateQueries({ queryKey: ['rows', resource.resource] });
    },
  });
}

/** Shows the change at once and takes it back where the platform refuses it. What somebody else changed meanwhile is never overwritten. */
export function useChange(resource: Resource, id: string) {
  const client = useQueryClient();
  const key = rowKey(resource, id);
  return useMutation({
    // One change of a record after the other: each carries the etag that the one before it brought.
    scope: { id: `${resource.resource}/${id}` },
    mutationFn: ({ field, value }: { field: Field; value: unknown }) => {
      const { mask, body } = patchOf(client.getQueryData<Row>(key) ?? { id }, field, value);
      return call<Row>('PATCH', rowAddress(resource, id), { query: { updateMask: mask }, body });
    },
    onMutate: async ({ field, value }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Row>(key);
      if (before !== undefined) client.setQueryData(key, withValue(before, field.jsonPath, value));
      return before;
    },
    onError: (_fault, _change, before) => {
      if (before !== undefined) client.setQueryData(key, before);
    },
    onSuccess: (row) => {
      client.setQueryData(key, row);
      void client.invalidateQueries({ queryKey: ['rows', resource.resource] });
      void client.invalidateQueries({ queryKey: ['timeline', id] });
    },
  });
}

export function useReload(resource: Resource, id: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: rowKey(resource, id) });
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { call, type Field, type Resource, type Row } from '../api/api';
import { patchOf, withValue } from './values';

const pageSize = 100;

interface Page {
  readonly rows: readonly Row[];
  readonly next: string;
}

export interface Wanted {
  readonly filter: string;
  readonly orderBy: string;
}

/** Days in filters are those of whoever asks. */
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The records are in the one list that the answer has, whatever it is called. */
export function pageOf(answer: Readonly<Record<string, unknown>>): Page {
  const rows = Object.values(answer).find(Array.isArray) as readonly Row[] | undefined;
  return { rows: rows ?? [], next: typeof answer['nextPageToken'] === 'string' ? answer['nextPageToken'] : '' };
}

export const listRows = async (path: string, query: Readonly<Record<string, string | number | undefined>>): Promise<Page> =>
  pageOf(await call<Record<string, unknown>>('GET', path, { query }));

export function useRows(resource: Resource, { filter, orderBy }: Wanted) {
  return useInfiniteQuery({
    queryKey: ['rows', resource.resource, filter, orderBy],
    queryFn: ({ pageParam }) =>
      listRows(resource.restPath, { pageSize, pageToken: pageParam || undefined, filter: filter || undefined, orderBy: orderBy || undefined, timeZone }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    retry: false,
    placeholderData: (before: InfiniteData<Page, string> | undefined, query) => (query?.queryKey[1] === resource.resource ? before : undefined),
  });
}

const keyOf = (resource: Resource, id: string) => ['row', resource.resource, id];
const addressOf = (resource: Resource, id: string) => `${resource.restPath}/${encodeURIComponent(id)}`;

export const useRow = (resource: Resource, id: string) =>
  useQuery({ queryKey: keyOf(resource, id), queryFn: () => call<Row>('GET', addressOf(resource, id)), retry: false });

export function useCreate(resource: Resource) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => call<Row>('POST', resource.restPath, { body }),
    onSuccess: (row) => {
      client.setQueryData(keyOf(resource, row.id), row);
      void client.invalidateQueries({ queryKey: ['rows', resource.resource] });
    },
  });
}

/** Shows the change at once and takes it back where the platform refuses it. What somebody else changed meanwhile is never overwritten. */
export function useChange(resource: Resource, id: string) {
  const client = useQueryClient();
  const key = keyOf(resource, id);
  return useMutation({
    // One change of a record after the other: each carries the etag that the one before it brought.
    scope: { id: `${resource.resource}/${id}` },
    mutationFn: ({ field, value }: { field: Field; value: unknown }) => {
      const { mask, body } = patchOf(client.getQueryData<Row>(key) ?? { id }, field, value);
      return call<Row>('PATCH', addressOf(resource, id), { query: { updateMask: mask }, body });
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
  return () => void client.invalidateQueries({ queryKey: keyOf(resource, id) });
}

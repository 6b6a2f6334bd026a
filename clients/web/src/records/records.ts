import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTimeZone } from 'next-intl';
import { call, type Resource, type Row } from '../api/api';
import { changed } from '../api/changed';
import { useLanguage } from '../i18n/useLanguage';
import { changeOptions } from './changes';
import { pageOf, rowKey, rowQuery, rowsQuery, type Page, type Wanted } from './queries';

export const listRows = async (path: string, query: Readonly<Record<string, string | number | undefined>>, signal?: AbortSignal): Promise<Page> =>
  pageOf(await call<Record<string, unknown>>('GET', path, { query, signal }));

export const useRows = (resource: Resource, wanted: Omit<Wanted, 'timeZone' | 'language'>, enabled = true) =>
  useInfiniteQuery({ ...rowsQuery(call, resource, { ...wanted, language: useLanguage()[0], timeZone: useTimeZone() ?? 'UTC' }), enabled });

export const useRow = (resource: Resource, id: string) => useQuery(rowQuery(call, resource, id));

export function useCreate(resource: Resource) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => call<Row>('POST', resource.restPath, { body }),
    onSuccess: (row) => {
      client.setQueryData(rowKey(resource, row.id), row);
      void changed(client, resource.resource, row.id);
    },
  });
}

export const useChange = (resource: Resource, id: string) => useMutation(changeOptions(useQueryClient(), call, resource, id));

export function useReload(resource: Resource, id: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: rowKey(resource, id) });
}

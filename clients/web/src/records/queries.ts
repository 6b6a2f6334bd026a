import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query';
import type { Call, Resource, Row } from '../api/api';

const pageSize = 100;

export interface Page {
  readonly rows: readonly Row[];
  readonly next: string;
}

export interface Wanted {
  readonly filter: string;
  readonly orderBy: string;
  /** Days in filters are those of whoever asks. */
  readonly timeZone: string;
  /** In which the platform says what is wrong with a filter. */
  readonly language: string;
}

/** The records are in the one list that the answer has, whatever it is called. */
export function pageOf(answer: Readonly<Record<string, unknown>>): Page {
  const rows = Object.values(answer).find(Array.isArray) as readonly Row[] | undefined;
  return { rows: rows ?? [], next: typeof answer['nextPageToken'] === 'string' ? answer['nextPageToken'] : '' };
}

export const rowsQuery = (call: Call, resource: Resource, { filter, orderBy, timeZone, language }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['rows', resource.resource, filter, orderBy, timeZone, language],
    queryFn: async ({ pageParam, signal }) =>
      pageOf(await call<Record<string, unknown>>('GET', resource.restPath, {
        query: { pageSize, pageToken: pageParam || undefined, filter: filter || undefined, orderBy: orderBy || undefined, timeZone }, signal,
      })),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next || undefined,
    retry: false,
    placeholderData: (before: InfiniteData<Page, string> | undefined, query) => (query?.queryKey[1] === resource.resource ? before : undefined),
  });

export const rowKey = (resource: Resource, id: string) => ['row', resource.resource, id];
export const rowAddress = (resource: Resource, id: string) => `${resource.restPath}/${encodeURIComponent(id)}`;

export const rowQuery = (call: Call, resource: Resource, id: string) =>
  queryOptions({ queryKey: rowKey(resource, id), queryFn: ({ signal }) => call<Row>('GET', rowAddress(resource, id), { signal }), retry: false });

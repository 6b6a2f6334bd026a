import { useEffect } from 'react';
import type { Resource } from '../api/api';
import { useRows } from '../records/records';
import { wantedIn, type Shown } from './calendar';

const mostPages = 5;

/** The records of the days that are shown, all of them up to a few pages. */
export function useCalendar(resource: Resource, shown: Shown | undefined, filter: string) {
  const rows = useRows(resource, shown === undefined ? { filter, orderBy: '' } : wantedIn(shown, filter), shown !== undefined);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = rows;
  const pages = rows.data?.pages.length ?? 0;
  const more = shown !== undefined && hasNextPage && !isFetchingNextPage && !isError && pages < mostPages;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  return { ...rows, isCut: hasNextPage && pages >= mostPages };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTimeZone } from 'next-intl';
import { call, type Resource } from '../api/api';
import { useCompany } from '../api/company';
import type { Board } from '../board/board';
import { useLanguage } from '../i18n/useLanguage';
import { pipelinesQuery } from '../settings/pipelines/pipelines';
import type { Widget } from './dashboards';
import { isCount, isOnBoard, readFirst, seesStages, tallyOf, tallyOfBoards, type Tally } from './tally';

/** What a widget says in numbers. Asked anew by the same keys as the lists that it is about, so that it follows them. */
export function useTally(resource: Resource, widget: Widget) {
  const [[language], timeZone, company] = [useLanguage(), useTimeZone() ?? 'UTC', useCompany()?.currency];
  const wanted = isOnBoard(widget) && seesStages(resource);
  // Deals stay in pipelines that are archived: without those the figure would be too small.
  const pipelines = useQuery({ ...pipelinesQuery, enabled: wanted, staleTime: 60_000 });
  const boards = wanted && (pipelines.data?.length ?? 0) > 0 ? pipelines.data! : [];
  const known = boards.map(({ id }) => id);
  const { aggregation, filter, groupBy, groupPeriod } = widget;
  const counts = isCount(widget);
  const total = counts && resource.resource.startsWith('records.');
  return useQuery<Tally>({
    queryKey: ['rows', resource.resource, 'related', known.length > 0 || total ? 'counted' : 'tally', { aggregation, filter, groupBy, groupPeriod }, timeZone, language, company, known],
    queryFn: async ({ signal }) => {
      if (known.length > 0) {
        const found = await Promise.all(known.map((pipelineId) => call<Board>('GET', '/api/v1/deals:board', { query: { pipelineId, filter: filter || undefined, pageSize: 1, timeZone }, signal })));
        return tallyOfBoards(found, widget, new Set(boards.filter(({ archiveTime }) => archiveTime !== undefined).map(({ id }) => id)));
      }
      const counted = total ? await totalOf(resource, filter, timeZone, signal) : undefined;
      if (counted !== undefined) return { parts: [{ key: '', value: counted }], more: false, left: 0 };
      const { rows, more } = await readFirst(call, resource, filter, { ...(counts ? { pages: 1 } : {}), timeZone, signal });
      return { ...tallyOf(rows, resource, widget, { company, timeZone, more }), read: rows.length };
    },
    // Not of the default pipeline first and of all of them then. Where pipelines may not be listed, deals are read as other records are.
    enabled: !wanted || pipelines.data !== undefined || pipelines.isError,
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

/** The company's own objects are counted by the platform. */
async function totalOf(resource: Resource, filter: string, timeZone: string, signal: AbortSignal): Promise<number | undefined> {
  const { totalSize } = await call<{ totalSize?: string | number }>('GET', resource.restPath, { query: { pageSize: 1, showTotal: true, filter: filter || undefined, timeZone }, signal });
  return totalSize === undefined ? undefined : Number(totalSize);
}

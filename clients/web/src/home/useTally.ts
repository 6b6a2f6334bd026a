import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTimeZone } from 'next-intl';
import { call, type Resource } from '../api/api';
import { useCompany } from '../api/company';
import { usePipelines } from '../board/pipelines';
import type { Board } from '../board/board';
import { useLanguage } from '../i18n/useLanguage';
import type { Widget } from './dashboards';
import { isOnBoard, readFirst, tallyOf, tallyOfBoards, type Tally } from './tally';

/** What a widget says in numbers. Asked anew by the same keys as the lists that it is about, so that it follows them. */
export function useTally(resource: Resource, widget: Widget) {
  const [[language], timeZone, company, pipelines] = [useLanguage(), useTimeZone() ?? 'UTC', useCompany()?.currency, usePipelines()];
  const onBoard = isOnBoard(widget);
  const known = pipelines.map(({ id }) => id);
  const { aggregation, filter, groupBy, groupPeriod } = widget;
  return useQuery<Tally>({
    queryKey: ['rows', resource.resource, 'related', 'tally', { aggregation, filter, groupBy, groupPeriod }, timeZone, language, company, onBoard ? known : []],
    queryFn: async ({ signal }) => {
      if (onBoard) {
        const boards = await Promise.all((known.length === 0 ? [undefined] : known).map((pipelineId) => call<Board>('GET', '/api/v1/deals:board', { query: { pipelineId, filter: filter || undefined, pageSize: 1, timeZone }, signal })));
        return tallyOfBoards(boards, widget);
      }
      const counted = groupBy === '' && aggregation === undefined && resource.resource.startsWith('records.') ? await totalOf(resource, filter, timeZone, signal) : undefined;
      if (counted !== undefined) return { parts: [{ key: '', value: counted }], more: false, left: 0 };
      const { rows, more } = await readFirst(call, resource, filter, { timeZone, signal });
      return tallyOf(rows, resource, widget, { company, timeZone, more });
    },
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

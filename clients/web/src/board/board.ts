import { queryOptions } from '@tanstack/react-query';
import type { Call, Resource, Row, SavedView } from '../api/api';
import type { Money } from '../fields/money';

export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly archived?: boolean;
}

export interface LossReason {
  readonly id: string;
  readonly name: string;
  readonly archived?: boolean;
}

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly stages?: readonly Stage[];
  readonly isDefault?: boolean;
  readonly lossReasons?: readonly LossReason[];
  readonly requiresLossReason?: boolean;
}

/** A stage with the first of its deals, and what all of them come to. */
export interface Column {
  readonly stage: Stage;
  readonly dealCount?: number;
  readonly rottingCount?: number;
  readonly reportingAmount?: Money;
  readonly weightedReportingAmount?: Money;
  readonly deals?: readonly Row[];
  readonly filter?: string;
  readonly nextPageToken?: string;
}

export interface Board {
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly stages: readonly Column[];
}

export interface BoardWanted {
  readonly pipeline: string;
  readonly filter: string;
  readonly timeZone: string;
  /** In which the platform says what is wrong with a filter. */
  readonly language: string;
}

/** Whether the records of a resource go through stages, and the caller may see which. */
export const hasBoard = (resource: Resource): boolean =>
  resource.resource === 'deals.deal' && resource.fields.some((field) => field.path === 'stage_id' && field.access !== 'hidden');

/** A view of the stages of deals; one that is grouped by something else is a table with groups. */
export const isBoardView = (view: SavedView | undefined): boolean => view?.kind === 'SAVED_VIEW_KIND_BOARD' && view.groupField === 'stage_id';

export const isBoard = (resource: Resource, search: URLSearchParams, view: SavedView | undefined): boolean => hasBoard(resource) && (search.get('as') ?? (isBoardView(view) ? 'board' : '')) === 'board';

export const boardQuery = (call: Call, { pipeline, filter, timeZone, language }: BoardWanted) =>
  queryOptions({
    queryKey: ['board', pipeline, filter, timeZone, language],
    queryFn: ({ signal }) => call<Board>('GET', '/api/v1/deals:board', { query: { pipelineId: pipeline || undefined, filter: filter || undefined, pageSize: 50, timeZone }, signal }),
    retry: false,
  });

/** The pipelines of the company; a page that offers them is drawn with them. */
export const pipelinesQuery = (call: Call) =>
  queryOptions({
    queryKey: ['pipelines'],
    queryFn: async () => (await call<{ pipelines?: readonly Pipeline[] }>('GET', '/api/v1/pipelines', { query: { pageSize: 100 } })).pipelines ?? [],
    staleTime: 60_000,
    retry: false,
  });

export const isOpen = (deal: Row): boolean => deal['status'] === 'DEAL_STATUS_OPEN';
export const isOver = (stage: Stage): boolean => stage.kind === 'STAGE_KIND_WON' || stage.kind === 'STAGE_KIND_LOST';

const worth = (deal: Row): number => Number((deal['reportingAmount'] as Money | undefined)?.amount ?? 0);

const counted = (column: Column, by: 1 | -1, deal: Row): Column => ({
  ...column,
  dealCount: (column.dealCount ?? 0) + by,
  ...(column.reportingAmount === undefined ? {} : { reportingAmount: { ...column.reportingAmount, amount: (Number(column.reportingAmount.amount) + by * worth(deal)).toFixed(2) } }),
});

/** The board with a deal in another stage, as it will be once the platform has agreed. */
export function moved(board: Board, id: string, stageId: string): Board {
  const deal = board.stages.flatMap((column) => column.deals ?? []).find((row) => row.id === id);
  if (deal === undefined) return board;
  const stages = board.stages.map((column) => {
    const others = (column.deals ?? []).filter((row) => row.id !== id);
    const [was, is] = [others.length !== (column.deals ?? []).length, column.stage.id === stageId];
    if (was === is) return column;
    return { ...counted(column, is ? 1 : -1, deal), deals: is ? [{ ...deal, stageId }, ...others] : others };
  });
  return { ...board, stages };
}

/** The card to which an arrow leads: up and down in its stage, left and right to the nearest stage that has any. */
export function neighbour(board: Board, id: string, key: string): string | undefined {
  const columns = board.stages.map((column) => (column.deals ?? []).map((deal) => deal.id));
  const at = columns.findIndex((ids) => ids.includes(id));
  const row = columns[at]?.indexOf(id) ?? 0;
  if (key === 'ArrowUp' || key === 'ArrowDown') return columns[at]?.[row + (key === 'ArrowUp' ? -1 : 1)];
  const step = key === 'ArrowLeft' ? -1 : 1;
  for (let next = at + step; next >= 0 && next < columns.length; next += step) {
    const ids = columns[next] ?? [];
    if (ids.length > 0) return ids[Math.min(row, ids.length - 1)];
  }
  return undefined;
}

/** The stage beside that of the card, where deals may still come. */
export function stageBeside(board: Board, id: string, step: 1 | -1): Stage | undefined {
  const stages = board.stages.filter((column) => column.stage.archived !== true || column.deals?.some((deal) => deal.id === id));
  const at = stages.findIndex((column) => column.deals?.some((deal) => deal.id === id));
  const found = at < 0 ? undefined : stages[at + step]?.stage;
  return found?.archived === true ? undefined : found;
}

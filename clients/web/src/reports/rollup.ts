import { queryOptions } from '@tanstack/react-query';
import type { Call } from '../api/api';
import type { Money } from '../fields/money';
import type { Category } from './reports';

/** What somebody expects instead of what the deals come to; without an amount that was taken away. */
export interface Said {
  readonly id: string;
  readonly amount?: Money;
  readonly note?: string;
  readonly setBy?: string;
  readonly setTime: string;
}

export interface RollupSum {
  readonly category: Category;
  readonly dealCount?: number;
  readonly unconvertedCount?: number;
  readonly ownAmount: Money;
  /** That, and the forecasts of all who report to the person. */
  readonly teamAmount: Money;
  readonly override?: Said;
  /** What holds of both. */
  readonly forecast: Money;
  readonly etag?: string;
}

export interface RollupNode {
  readonly userId: string;
  readonly managerId?: string;
  readonly sums: readonly RollupSum[];
}

export interface Rollup {
  /** "2026-11" or "2026-Q4". */
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly nodes: readonly RollupNode[];
}

export interface RollupWanted {
  /** Empty for this quarter. */
  readonly period: string;
  /** Who is at the top; empty for the caller. */
  readonly top: string;
  readonly bySplits: boolean;
  readonly timeZone: string;
  readonly language: string;
}

export const rollupWantedOf = (search: URLSearchParams, where: Pick<RollupWanted, 'timeZone' | 'language'>): RollupWanted =>
  ({ period: search.get('period') ?? '', top: search.get('of') ?? '', bySplits: search.get('credit') === 'splits', ...where });

/** The forecast of a team. Its key begins as those of reports do: where deals change, it is asked for again. */
export const rollupQuery = (call: Call, wanted: RollupWanted) => queryOptions({
  queryKey: ['report', 'rollup', wanted],
  queryFn: () => call<Rollup>('GET', '/api/v1/deals:forecastTree', {
    query: { period: wanted.period || undefined, userId: wanted.top || undefined, credit: wanted.bySplits ? 'CREDIT_SPLITS' : undefined, timeZone: wanted.timeZone },
  }),
  retry: false,
});

/** The latest that were said of a person, period and category. */
export const saidQuery = (call: Call, userId: string, period: string, category: Category) => queryOptions({
  queryKey: ['report', 'rollup', 'said', userId, period, category],
  queryFn: async () => (await call<{ overrides?: readonly Said[] }>('GET', '/api/v1/deals:forecastOverrides', { query: { userId, period, category, pageSize: 20 } })).overrides ?? [],
});

/** What is won is won: of the others something else can be said. */
export const isSayable = (category: Category): boolean => category !== 'FORECAST_CATEGORY_CLOSED';

/** How far below the top each person is. */
export function depthsOf(nodes: readonly RollupNode[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  // Each comes after the one above.
  for (const { userId, managerId } of nodes) depths.set(userId, managerId === undefined || managerId === '' ? 0 : (depths.get(managerId) ?? -1) + 1);
  return depths;
}

export interface Period {
  readonly name: string;
  readonly from: string;
  readonly isQuarter: boolean;
}

/** Whether it names a quarter or a month: what an address says may be anything. */
export const isPeriod = (name: string): boolean => /^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/.test(name);

/** The quarters and months around a day, as "2026-11-27": two quarters before and three after, each followed by its months. */
export function periodsAround(day: string): Period[] {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const quarter = year * 4 + Math.floor((month - 1) / 3);
  return [-2, -1, 0, 1, 2, 3].flatMap((distance) => {
    const [ofYear, index] = [Math.floor((quarter + distance) / 4), (quarter + distance) % 4];
    const months = [1, 2, 3].map((number) => `${ofYear}-${`${index * 3 + number}`.padStart(2, '0')}`);
    return [{ name: `${ofYear}-Q${index + 1}`, from: `${months[0]!}-01`, isQuarter: true }, ...months.map((name) => ({ name, from: `${name}-01`, isQuarter: false }))];
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { Call } from '../api/api';
import type { Stage } from '../board/board';
import { beginningOf, isDay, plus } from '../calendar/calendar';
import type { Money } from '../fields/money';
import { quoted } from '../records/filters';

/** By what a report has lines of their own. */
export const groupings = ['owner', 'team', 'source'] as const;
export type Grouping = (typeof groupings)[number];

/** What a report is asked about, as its address tells it; empty for what the platform takes. */
export interface ReportWanted {
  readonly pipeline: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** In which the platform says what is wrong. */
  readonly language: string;
  readonly by: Grouping | '';
  /** Whether a deal is theirs who share the credit for it, where there are lines by owner. */
  readonly bySplits: boolean;
  /** The day at whose end it is looked at; empty for now. */
  readonly asOf: string;
  /** Only the deals that belonged to the team, or came from there. */
  readonly team: string;
  readonly source: string;
}

export function wantedOf(search: URLSearchParams, where: Pick<ReportWanted, 'timeZone' | 'language'>): ReportWanted {
  const text = (key: string) => search.get(key) ?? '';
  const by = groupings.find((entry) => entry === search.get('by')) ?? '';
  return {
    pipeline: text('pipeline'), from: text('from'), to: text('to'), by, bySplits: by === 'owner' && search.get('credit') === 'splits', asOf: isDay(search.get('asOf')) ? text('asOf') : '', team: text('team'), source: text('source'), ...where,
  };
}

export interface FunnelStage {
  readonly stage: Stage;
  readonly reachedCount?: number;
  readonly reachedAmount?: Money;
  readonly currentCount?: number;
  /** 0 to 1; absent for the first. */
  readonly conversion?: number;
  readonly stayCount?: number;
  readonly averageDays?: number;
  readonly medianDays?: number;
}

export interface FunnelOutcome {
  readonly dealCount?: number;
  readonly openCount?: number;
  readonly wonCount?: number;
  readonly lostCount?: number;
  readonly leftCount?: number;
  readonly winRate?: number;
  readonly cycleDays?: number;
  readonly openAmount?: Money;
  readonly weightedAmount?: Money;
  readonly wonAmount?: Money;
  readonly lostAmount?: Money;
  readonly velocity?: Money;
  readonly slippedCount?: number;
  readonly slippedDays?: number;
  readonly unconvertedCount?: number;
}

export interface Funnel {
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly from: string;
  readonly to: string;
  readonly stages: readonly FunnelStage[];
  readonly outcome: FunnelOutcome;
  /** Of each owner, team or source; who won most first. */
  readonly owners?: readonly FunnelGroup[];
}

/** Of whom, or of which team or source, something is told; what is not asked for is empty. */
export interface Grouped {
  readonly ownerId?: string;
  readonly teamId?: string;
  readonly source?: string;
}

export interface FunnelGroup extends Grouped {
  readonly openCount?: number;
  readonly wonCount?: number;
  readonly lostCount?: number;
  readonly winRate?: number;
  readonly openAmount?: Money;
  readonly weightedAmount?: Money;
  readonly wonAmount?: Money;
  readonly lostAmount?: Money;
}

export interface ForecastSum {
  readonly category: string;
  readonly dealCount?: number;
  readonly amount?: Money;
  readonly weightedAmount?: Money;
  readonly unconvertedCount?: number;
}

export interface ForecastLine extends Grouped {
  readonly month: string;
  readonly sums?: readonly ForecastSum[];
}

export interface Forecast {
  readonly from: string;
  readonly to: string;
  readonly lines?: readonly ForecastLine[];
}

const queryFor = ({ pipeline, from, to, timeZone, by, bySplits, asOf, team, source }: ReportWanted) => ({
  pipelineId: pipeline || undefined, from: from || undefined, to: to || undefined, timeZone,
  groupBy: by === '' ? undefined : `GROUPING_${by.toUpperCase()}`, credit: bySplits ? 'CREDIT_SPLITS' : undefined,
  asOf: asOf === '' ? undefined : beginningOf(plus(asOf, 1), timeZone), teamId: team || undefined, source: source || undefined,
});

export const funnelQuery = (call: Call, wanted: ReportWanted) =>
  queryOptions({ queryKey: ['report', 'funnel', wanted], queryFn: () => call<Funnel>('GET', '/api/v1/deals:funnel', { query: queryFor(wanted) }), retry: false });

export const forecastQuery = (call: Call, wanted: ReportWanted) =>
  queryOptions({ queryKey: ['report', 'forecast', wanted], queryFn: () => call<Forecast>('GET', '/api/v1/deals:forecast', { query: queryFor(wanted) }), retry: false });

/** The id or the name by which a line is told from the others; empty for the deals without. */
export const groupOf = (line: Grouped, by: Grouping): string => (by === 'owner' ? line.ownerId : by === 'team' ? line.teamId : line.source) ?? '';

/** The categories in the order in which they are sure; what is omitted counts for nothing. */
export const categories = ['FORECAST_CATEGORY_CLOSED', 'FORECAST_CATEGORY_COMMIT', 'FORECAST_CATEGORY_BEST_CASE', 'FORECAST_CATEGORY_PIPELINE'] as const;
export type Category = (typeof categories)[number];

export interface Bar {
  readonly category: Category;
  readonly dealCount: number;
  readonly amount: number;
}

export interface MonthOf {
  readonly month: string;
  readonly bars: readonly Bar[];
  readonly total: number;
}

/** The months from one day to another, those without a deal too; none where they are more than fit a picture. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let [year, month] = from.split('-').map(Number) as [number, number]; months.length <= 24; month === 12 ? [year, month] = [year + 1, 1] : month++) {
    const name = `${year}-${`${month}`.padStart(2, '0')}`;
    if (name > to.slice(0, 7)) return months;
    months.push(name);
  }
  return [];
}

/** What each month comes to by category, whoever the deals belong to; money is exact to the cent as numbers here, which charts are drawn of. */
export function monthsOf(lines: readonly ForecastLine[], weighted: boolean, among: readonly string[] = []): MonthOf[] {
  const months = [...new Set([...among, ...lines.map((line) => line.month)])].toSorted();
  return months.map((month) => {
    const sums = lines.filter((line) => line.month === month).flatMap((line) => line.sums ?? []);
    const bars = categories.map((category): Bar => {
      const own = sums.filter((sum) => sum.category === category);
      return {
        category,
        dealCount: own.reduce((count, sum) => count + (sum.dealCount ?? 0), 0),
        amount: own.reduce((amount, sum) => amount + Number((weighted ? sum.weightedAmount : sum.amount)?.amount ?? 0), 0),
      };
    });
    return { month, bars, total: bars.reduce((sum, bar) => sum + bar.amount, 0) };
  });
}

/** The currency of the sums; undefined where the caller may not see any. */
export const currencyIn = (lines: readonly ForecastLine[]): string | undefined => lines.flatMap((line) => line.sums ?? []).map((sum) => sum.amount?.currency).find((currency) => currency !== undefined && currency !== '');

/** Whether the caller may see what the deals come to by their probability; so it is taken while there are none. */
export function seesWeighted(lines: readonly ForecastLine[]): boolean {
  const sums = lines.flatMap((line) => line.sums ?? []);
  return sums.length === 0 || sums.some((sum) => sum.weightedAmount !== undefined);
}

/** The lines of each owner, team or source, what is worth most first. */
export function groupsOf(lines: readonly ForecastLine[], by: Grouping, weighted: boolean): { readonly group: string; readonly sums: MonthOf }[] {
  const groups = [...new Set(lines.map((line) => groupOf(line, by)))];
  // As if all of it were one month.
  return groups.map((group) => ({ group, sums: monthsOf(lines.filter((line) => groupOf(line, by) === group).map((line) => ({ ...line, month: '' })), weighted)[0]! })).toSorted((a, b) => b.sums.total - a.sums.total || countOf(b.sums) - countOf(a.sums));
}

export const countOf = ({ bars }: Pick<MonthOf, 'bars'>): number => bars.reduce((count, bar) => count + bar.dealCount, 0);

const fields: Readonly<Record<Grouping, string>> = { owner: 'owner_id', team: 'team_id', source: 'source' };

const holds = (field: string, value: string): string => (value === '' ? `${field} = null` : `${field} = ${quoted(value)}`);

/**
 * The deals behind a line of the forecast, in the filter language: what is omitted is not among them. Nothing where no list has them: of what was
 * in the past, and of what is divided among several.
 */
export function dealsBehind({ month, group }: { readonly month: string; readonly group?: string | undefined }, { from, to }: Pick<Forecast, 'from' | 'to'>, { pipeline, by, bySplits, asOf, team, source }: Pick<ReportWanted, 'pipeline' | 'by' | 'bySplits' | 'asOf' | 'team' | 'source'>): string | undefined {
  if (asOf !== '' || (bySplits && group !== undefined)) return undefined;
  const [first, last] = daysOf(month);
  return [
    `close_date >= ${first < from ? from : first}`,
    `close_date <= ${last > to ? to : last}`,
    `forecast_category = (${categories.join(' OR ')})`,
    ...(pipeline === '' ? [] : [`pipeline_id = "${pipeline}"`]),
    ...(team === '' ? [] : [holds('team_id', team)]),
    ...(source === '' ? [] : [holds('source', source)]),
    ...(group === undefined || by === '' ? [] : [holds(fields[by], group)]),
  ].join(' AND ');
}

/** The deals that are in a stage now, of the team and from the source that a report is about. */
export const stageBehind = (stage: string, { team, source }: Pick<ReportWanted, 'team' | 'source'>): string =>
  [`stage_id = "${stage}"`, ...(team === '' ? [] : [holds('team_id', team)]), ...(source === '' ? [] : [holds('source', source)])].join(' AND ');

/** The first and the last day of a month: "2026-02". */
export function daysOf(month: string): readonly [string, string] {
  const [year, number] = month.split('-').map(Number);
  return [`${month}-01`, `${month}-${new Date(Date.UTC(year!, number!, 0)).getUTCDate()}`];
}

/** A round number that is not less, for the top of a scale. */
export function topOf(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

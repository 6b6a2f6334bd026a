import type { Call, Field, Resource, Row } from '../api/api';
import type { Board } from '../board/board';
import { isMoney } from '../fields/money';
import { pageOf } from '../records/queries';
import { isEmpty, valueAt } from '../records/values';
import type { Aggregation, Widget } from './dashboards';

/** A figure of a group; of money the currency that it is in. */
export interface Part {
  /** The value that the records share; empty for those without one. */
  readonly key: string;
  /** Where the platform has told what it is called. */
  readonly label?: string;
  readonly value: number;
}

export interface Tally {
  readonly parts: readonly Part[];
  readonly currency?: string | undefined;
  /** There are more records than were read: figures are of the first ones, of so many. */
  readonly more: boolean;
  readonly read?: number;
  /** Records whose money is in no figure, because no rate is known for it. */
  readonly left: number;
}

const pageSize = 200;
const mostPages = 5;

const figured = new Set(['AGGREGATE_FUNCTION_SUM', 'AGGREGATE_FUNCTION_AVERAGE', 'AGGREGATE_FUNCTION_MINIMUM', 'AGGREGATE_FUNCTION_MAXIMUM']);
/** The field whose values are put together; none where records are counted. */
export const figureOf = (aggregation: Aggregation | undefined): string => (aggregation !== undefined && figured.has(aggregation.function) ? aggregation.field : '');

/** Whether the widget says nothing but how many records there are. */
export const isCount = ({ aggregation, groupBy }: Pick<Widget, 'aggregation' | 'groupBy'>): boolean => groupBy === '' && figureOf(aggregation) === '';

/** Whether the board of deals says the figure, of all of them: how many, or what they are worth, as a whole or by stage. */
export const isOnBoard = ({ resource, aggregation, groupBy }: Widget): boolean =>
  resource === 'deals.deal' && (groupBy === '' || groupBy === 'stage_id')
  && (figureOf(aggregation) === '' || (aggregation?.function === 'AGGREGATE_FUNCTION_SUM' && /^(reporting_)?amount$/.test(aggregation.field)));

/** Whether the caller sees where deals are: who does not is told no board. */
export const seesStages = ({ fields }: Resource): boolean =>
  ['pipeline_id', 'stage_id'].every((path) => fields.some((field) => field.path === path && (field.access === 'full' || field.access === 'read_only')));

/** What boards come to, a part for each stage or one for all; of what is archived only where there are deals. */
export function tallyOfBoards(boards: readonly Board[], { groupBy, aggregation }: Widget, archived: ReadonlySet<string> = new Set()): Tally {
  const worth = figureOf(aggregation) !== '';
  const stages = boards.flatMap((board) => board.stages.map((column) => ({ ...column, past: column.stage.archived === true || archived.has(board.pipelineId) })));
  const valueOf = (stage: Board['stages'][number]): number => (worth ? Number(stage.reportingAmount?.amount ?? 0) : (stage.dealCount ?? 0));
  return {
    parts: groupBy === ''
      ? [{ key: '', value: stages.reduce((sum, stage) => sum + valueOf(stage), 0) }]
      : stages.filter((stage) => !stage.past || valueOf(stage) > 0).map((stage) => ({ key: stage.stage.id, label: stage.stage.name, value: valueOf(stage) })),
    currency: worth ? stages.map((stage) => stage.reportingAmount?.currency).find((currency) => currency !== undefined && currency !== '') : undefined,
    more: false,
    left: worth ? stages.reduce((sum, stage) => sum + ((stage as { unconvertedCount?: number }).unconvertedCount ?? 0), 0) : 0,
  };
}

/** The day with which a period begins: weeks with Monday. The day of a moment is that of whoever looks. */
export function periodOf(value: string, period: Widget['groupPeriod'], timeZone: string): string {
  const day = value.length > 10 ? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.parse(value)) : value;
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  switch (period) {
    case 'PERIOD_DAY': return day;
    case 'PERIOD_WEEK': {
      const date = new Date(`${day}T00:00:00Z`);
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
      return date.toISOString().slice(0, 10);
    }
    case 'PERIOD_QUARTER': return `${year}-${`${month - ((month - 1) % 3)}`.padStart(2, '0')}-01`;
    case 'PERIOD_YEAR': return `${year}-01-01`;
    default: return `${day.slice(0, 7)}-01`;
  }
}

const isTime = (field: Field | undefined): boolean => field?.type === 'date' || field?.type === 'instant';

/** What the records come to. Money counts in the company's currency where records know their rate to it, else in the one that most of them have. */
export function tallyOf(rows: readonly Row[], resource: Resource, widget: Widget, { company, timeZone, more }: { readonly company: string | undefined; readonly timeZone: string; readonly more: boolean }): Tally {
  const field = (path: string) => resource.fields.find((entry) => entry.path === path);
  const [group, figure] = [field(widget.groupBy), field(figureOf(widget.aggregation))];
  const currency = figure?.type === 'money' ? currencyAmong(rows, figure, company) : undefined;
  const groups = new Map<string, number[]>();
  let left = 0;
  for (const row of rows) {
    const value = group === undefined ? '' : valueAt(row, group.jsonPath);
    const key = isEmpty(value) ? '' : isTime(group) ? periodOf(`${value as string}`, widget.groupPeriod, timeZone) : `${value as string}`;
    const number = figure === undefined ? 1 : numberOf(row, figure, currency, company);
    if (number === undefined) left += isEmpty(valueAt(row, figure!.jsonPath)) ? 0 : 1;
    groups.set(key, [...(groups.get(key) ?? []), ...(number === undefined ? [] : [number])]);
  }
  const parts = [...groups].map(([key, numbers]): Part => ({ key, value: together(numbers, widget) }));
  if (group === undefined) return { parts: parts.length === 0 ? [{ key: '', value: 0 }] : parts, currency, more, left };
  return { parts: isTime(group) ? parts.toSorted((a, b) => (a.key < b.key ? -1 : 1)) : parts.toSorted((a, b) => b.value - a.value), currency, more, left };
}

function together(numbers: readonly number[], widget: Widget): number {
  const sum = numbers.reduce((whole, number) => whole + number, 0);
  switch (numbers.length === 0 ? undefined : widget.aggregation?.function) {
    case 'AGGREGATE_FUNCTION_AVERAGE': return sum / numbers.length;
    case 'AGGREGATE_FUNCTION_MINIMUM': return Math.min(...numbers);
    case 'AGGREGATE_FUNCTION_MAXIMUM': return Math.max(...numbers);
    default: return sum;
  }
}

const rateOf = (row: Row): number => Number(row['reportingRate'] ?? 0);

function currencyAmong(rows: readonly Row[], field: Field, company: string | undefined): string | undefined {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = valueAt(row, field.jsonPath);
    if (!isMoney(value)) continue;
    const counted = company !== undefined && rateOf(row) > 0 ? company : value.currency;
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? company;
}

function numberOf(row: Row, field: Field, currency: string | undefined, company: string | undefined): number | undefined {
  const value = valueAt(row, field.jsonPath);
  if (!isMoney(value)) return isEmpty(value) ? undefined : Number(value);
  if (value.currency === currency) return Number(value.amount);
  return currency === company && rateOf(row) > 0 ? Number(value.amount) * rateOf(row) : undefined;
}

interface Asked {
  /** One that is only counted is not worth more than a page. */
  readonly pages?: number;
  readonly timeZone: string;
  readonly signal: AbortSignal;
}

/** The first records of a list, and whether there are more of them. */
export async function readFirst(call: Call, resource: Resource, filter: string, { pages = mostPages, timeZone, signal }: Asked): Promise<{ rows: Row[]; more: boolean }> {
  const rows: Row[] = [];
  let pageToken = '';
  for (let read = 0; read < pages; read++) {
    const page = pageOf(await call<Record<string, unknown>>('GET', resource.restPath, { query: { pageSize, pageToken: pageToken || undefined, filter: filter || undefined, timeZone }, signal }));
    rows.push(...page.rows);
    pageToken = page.next;
    if (pageToken === '') break;
  }
  return { rows, more: pageToken !== '' };
}

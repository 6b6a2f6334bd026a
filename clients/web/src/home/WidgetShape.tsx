import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { Labelled } from '../settings/objects/Labelled';
import { figureOf } from './tally';
import type { Widget } from './dashboards';
import { countable, groupable, isTimed, ofKind } from './widgets';

interface Props {
  readonly id: string;
  readonly resource: Resource;
  readonly draft: Widget;
  readonly change: (parts: Partial<Widget>) => void;
}

const kinds = ['WIDGET_KIND_NUMBER', 'WIDGET_KIND_LIST', 'WIDGET_KIND_CHART'] as const;
const functions = ['AGGREGATE_FUNCTION_COUNT', 'AGGREGATE_FUNCTION_SUM', 'AGGREGATE_FUNCTION_AVERAGE', 'AGGREGATE_FUNCTION_MINIMUM', 'AGGREGATE_FUNCTION_MAXIMUM'] as const;
const charts = ['CHART_KIND_BAR', 'CHART_KIND_LINE', 'CHART_KIND_PIE'] as const;
const periods = ['PERIOD_DAY', 'PERIOD_WEEK', 'PERIOD_MONTH', 'PERIOD_QUARTER', 'PERIOD_YEAR'] as const;
const widths = [3, 4, 6, 8, 12] as const;
const heights = [1, 2, 3, 4, 5, 6, 8] as const;

/** How a widget says it: the kind, what is counted, by what it is grouped or ordered, and its size. */
export function WidgetShape({ id, resource, draft, change }: Props) {
  const t = useTranslations('home');
  const group = resource.fields.find((field) => field.path === draft.groupBy);
  const select = <T extends string>(part: string, label: string, value: T, options: readonly (readonly [T, string])[], onChange: (value: T) => void) => (
    <Labelled id={`${id}-${part}`} label={label}>
      <select id={`${id}-${part}`} className="input" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.some(([key]) => key === value) ? null : <option value={value}>{value}</option>}
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </Labelled>
  );
  const named = resource.fields.map((field) => [field.path, field.label] as const);
  const ordered = resource.fields.filter((field) => field.sortable && field.access === 'full');
  return (
    <>
      {select('kind', t('kind'), draft.kind, kinds.map((kind) => [kind, t(`kinds.${kind}`)] as const), (kind) => change(ofKind(draft, kind)))}
      {draft.kind === 'WIDGET_KIND_LIST' ? (
        <>
          {select('order', t('order'), draft.orderBy, [['', t('asList')], ...ordered.flatMap((field) => [[field.path, t('up', { label: field.label })], [`${field.path} desc`, t('down', { label: field.label })]] as const)], (orderBy) => change({ orderBy }))}
          {select('limit', t('limit'), `${draft.limit || 10}`, [5, 10, 20, 50].map((limit) => [`${limit}`, `${limit}`] as const), (limit) => change({ limit: Number(limit) }))}
          {[0, 1].map((at) => <div key={at} className="bare-cell">{select(`column-${at}`, t('column', { number: at + 1 }), draft.columns[at] ?? '', [['', t('asList')], ...named], (path) => change({ columns: (at === 0 ? [path, draft.columns[1] ?? ''] : [draft.columns[0] ?? '', path]).filter((column, index, all) => column !== '' && all.indexOf(column) === index) }))}</div>)}
        </>
      ) : (
        <>
          {select('function', t('figure'), draft.aggregation?.function ?? 'AGGREGATE_FUNCTION_COUNT', functions.map((name) => [name, t(`functions.${name}`)] as const), (name) => change({ aggregation: { function: name, field: draft.aggregation?.field || (countable(resource)[0]?.path ?? '') } }))}
          {figureOf(draft.aggregation) === '' ? null : select('field', t('field'), figureOf(draft.aggregation), countable(resource).map((field) => [field.path, field.label] as const), (field) => change({ aggregation: { ...draft.aggregation!, field } }))}
        </>
      )}
      {draft.kind !== 'WIDGET_KIND_CHART' ? null : (
        <>
          {select('group', t('group'), draft.groupBy, [['', t('choose')], ...groupable(resource).map((field) => [field.path, field.label] as const)], (groupBy) => change({ groupBy }))}
          {isTimed(group) ? select('period', t('period'), draft.groupPeriod, periods.map((period) => [period, t(`periods.${period}`)] as const), (groupPeriod) => change({ groupPeriod })) : null}
          {select('chart', t('chart'), draft.chart, charts.map((chart) => [chart, t(`charts.${chart}`)] as const), (chart) => change({ chart }))}
        </>
      )}
      {select('width', t('width'), `${draft.width}`, widths.map((width) => [`${width}`, t(`widths.${width}`)] as const), (width) => change({ width: Number(width) }))}
      {select('height', t('height'), `${draft.height}`, heights.map((height) => [`${height}`, t('rows', { count: height })] as const), (height) => change({ height: Number(height) }))}
    </>
  );
}

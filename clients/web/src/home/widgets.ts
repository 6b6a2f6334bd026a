import type { Field, Resource } from '../api/api';
import { figureOf } from './tally';
import type { Widget } from './dashboards';

const groups = new Set(['enum', 'boolean', 'single_choice', 'user', 'relation', 'date', 'instant']);
const figures = new Set(['number', 'decimal', 'money']);

/** Fields by which a chart can group, and those that can be added up: what the platform takes. */
export const groupable = (resource: Resource): Field[] => resource.fields.filter((field) => groups.has(field.type) && field.access === 'full' && field.path !== 'id');
export const countable = (resource: Resource): Field[] => resource.fields.filter((field) => figures.has(field.type) && field.access === 'full');
export const isTimed = (field: Field | undefined): boolean => field?.type === 'date' || field?.type === 'instant';

/** A widget of a resource that shows how many records there are. */
export const blank = (resource: string, more: Partial<Widget> = {}): Widget => ({
  kind: 'WIDGET_KIND_NUMBER', resource, title: '', titleTranslations: {}, filter: '', groupBy: '', groupPeriod: 'PERIOD_MONTH', chart: 'CHART_KIND_BAR', columns: [], orderBy: '', limit: 10, x: 0, y: 0, width: 3, height: 1, ...more,
});

/** With the size that a widget of its kind needs to be read, where it has that of another kind. */
export function ofKind(widget: Widget, kind: Widget['kind']): Widget {
  const [width, height] = kind === 'WIDGET_KIND_NUMBER' ? [3, 1] : [6, kind === 'WIDGET_KIND_LIST' ? 4 : 3];
  return { ...widget, kind, width, height };
}

/** Without what its kind does not show. */
export function settled({ aggregation, ...widget }: Widget): Widget {
  const [chart, list] = [widget.kind === 'WIDGET_KIND_CHART', widget.kind === 'WIDGET_KIND_LIST'];
  const kept = list || aggregation === undefined || figureOf(aggregation) === '' ? undefined : aggregation;
  return { ...widget, groupBy: chart ? widget.groupBy : '', columns: list ? widget.columns : [], orderBy: list ? widget.orderBy : '', ...(kept === undefined ? {} : { aggregation: kept }) };
}

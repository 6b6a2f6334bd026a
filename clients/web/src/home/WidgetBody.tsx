import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { call, type Field, type Resource } from '../api/api';
import { may } from '../api/rights';
import { toldOf } from '../api/told';
import { kindOf } from '../fields/registry';
import { columnsOf } from '../records/columns';
import { pageOf } from '../records/queries';
import { nameOf, seen, valueAt } from '../records/values';
import { Link } from '../routing/Link';
import { listPath, recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { ChartWidget } from './ChartWidget';
import type { Widget } from './dashboards';
import { NumberWidget } from './NumberWidget';
import { useTally } from './useTally';

interface Props {
  readonly resource: Resource;
  readonly widget: Widget;
}

/** What a widget shows. */
export const WidgetBody = ({ resource, widget }: Props) => (widget.kind === 'WIDGET_KIND_LIST' ? <ListWidget resource={resource} widget={widget} /> : <Figures resource={resource} widget={widget} />);

function Figures({ resource, widget }: Props) {
  const tally = useTally(resource, widget);
  if (tally.isError && tally.data === undefined) return <Refused fault={tally.error} />;
  if (tally.data === undefined) return <Waiting />;
  return widget.kind === 'WIDGET_KIND_CHART' ? <ChartWidget resource={resource} widget={widget} tally={tally.data} /> : <NumberWidget widget={widget} tally={tally.data} />;
}

// There is room for two, of two kinds: what a record is worth and how it stands, before with whom it has to do.
const weights: Readonly<Record<string, number>> = { money: 0, enum: 1, single_choice: 1, date: 2 };
const weightOf = (field: Field): number => weights[field.type] ?? 3;

/** The first records of a list, each with what says most of it. */
function ListWidget({ resource, widget: { filter, orderBy, limit, columns } }: Props) {
  const timeZone = useTimeZone() ?? 'UTC';
  const found = useQuery({
    queryKey: ['rows', resource.resource, 'related', 'widget', filter, orderBy, limit, timeZone],
    queryFn: async ({ signal }) => pageOf(await call<Record<string, unknown>>('GET', resource.restPath, { query: { pageSize: limit || 10, filter: filter || undefined, orderBy: orderBy || undefined, timeZone }, signal })),
    staleTime: 30_000,
    retry: false,
  });
  if (found.isError && found.data === undefined) return <Refused fault={found.error} />;
  if (found.data === undefined) return <Waiting />;
  if (found.data.rows.length === 0) return <Nothing resource={resource} narrowed={filter !== ''} />;
  const fields = columns.length > 0 ? columns.flatMap((path) => seen(resource).find((field) => field.path === path) ?? []) : columnsOf(resource, undefined).map(({ field }) => field).toSorted((a, b) => weightOf(a) - weightOf(b)).filter((field, index, all) => all.findIndex((other) => other.type === field.type) === index);
  return (
    <ul className="widget-list">
      {found.data.rows.map((row) => (
        <li key={row.id}>
          <Avatar name={nameOf(row)} round={resource.resource === 'contacts.person'} />
          <Link className="truncate" href={recordPath(resource.resource, row.id)}>{nameOf(row)}</Link>
          <span className="widget-cells">
            {fields.slice(0, 2).map((field) => {
              const { Cell } = kindOf(field);
              return <span key={field.path} className="truncate" title={field.label}><Cell resource={resource} field={field} value={valueAt(row, field.jsonPath)} /></span>;
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A company that has none yet makes its first one from here. */
function Nothing({ resource, narrowed }: { readonly resource: Resource; readonly narrowed: boolean }) {
  const [t, words] = [useTranslations('home'), useTranslations('records')];
  return (
    <div className="widget-none">
      <p className="dim">{t('nothing')}</p>
      {narrowed || !may(resource, 'create') ? null : <Link className="button" href={`${listPath(resource.resource)}?new=1`}><Plus size={15} aria-hidden /><span>{words('new', { label: resource.label })}</span></Link>}
    </div>
  );
}

const Waiting = () => <div className="widget-waiting" aria-busy><div className="bone" /></div>;

function Refused({ fault }: { readonly fault: Error }) {
  const t = useTranslations('faults');
  return <p className="widget-none danger" role="alert">{toldOf(fault)?.message ?? t('unreachable')}</p>;
}

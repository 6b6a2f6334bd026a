import { useLocale, useTranslations } from 'next-intl';
import type { Field, Resource } from '../api/api';
import { dateFormat } from '../fields/formats';
import { kindOf } from '../fields/registry';
import type { Widget } from './dashboards';
import { figuresIn } from './figures';
import { Reservations } from './NumberWidget';
import type { Part, Tally } from './tally';

interface Props {
  readonly resource: Resource;
  readonly widget: Widget;
  readonly tally: Tally;
}

const most = 12;
const hues = 8;

/** Figures side by side, each with its name and its number: what the picture shows can be read as well. */
export function ChartWidget({ resource, widget, tally }: Props) {
  const [t, locale] = [useTranslations('home'), useLocale()];
  const field = resource.fields.find((entry) => entry.path === widget.groupBy);
  const { parts } = tally;
  if (parts.length === 0) return <p className="widget-none dim">{t('nothing')}</p>;
  const isTime = field?.type === 'date' || field?.type === 'instant';
  const shown = isTime ? parts.slice(-most) : parts.slice(0, most);
  const figures = figuresIn(locale);
  const lines = shown.map((part, index) => (
    <li key={part.key} data-hue={index % hues}>
      <span className="bar-name truncate">{widget.chart === 'CHART_KIND_PIE' ? <span className="dot" aria-hidden /> : null}<Name resource={resource} field={field} part={part} period={widget.groupPeriod} /></span>
      {widget.chart === 'CHART_KIND_PIE' ? null : <span className="bar-track" aria-hidden><span style={{ width: `${shareOf(part.value, shown)}%` }} /></span>}
      <span className="tabular">{figures.short(part.value, tally.currency)}</span>
    </li>
  ));
  return (
    <div className={`widget-chart${widget.chart === 'CHART_KIND_PIE' ? ' pie' : ''}`} tabIndex={0} role="group" aria-label={t('figures')}>
      {widget.chart === 'CHART_KIND_PIE' ? <Pie parts={shown} /> : widget.chart === 'CHART_KIND_LINE' ? <Line parts={shown} /> : null}
      <ul className="bars">{lines}</ul>
      {parts.length > shown.length ? <small className="dim">{t('others', { count: parts.length - shown.length })}</small> : null}
      <Reservations tally={tally} />
    </div>
  );
}

/** How long a bar is, of a hundred. */
export function shareOf(value: number, parts: readonly Part[]): number {
  const top = Math.max(...parts.map((part) => part.value));
  return top <= 0 || value <= 0 ? 0 : Math.max(1, (value / top) * 100);
}

function Name({ resource, field, part, period }: { readonly resource: Resource; readonly field: Field | undefined; readonly part: Part; readonly period: Widget['groupPeriod'] }) {
  const [t, locale] = [useTranslations('home'), useLocale()];
  if (part.label !== undefined) return part.label;
  if (part.key === '' || field === undefined) return <span className="dim">{t('without')}</span>;
  if ((field.type === 'date' || field.type === 'instant') && period === 'PERIOD_QUARTER') return t('quarter', { number: Math.ceil(Number(part.key.slice(5, 7)) / 3), year: part.key.slice(0, 4) });
  if (field.type === 'date' || field.type === 'instant') return periodName(part.key, period, locale);
  const { Cell } = kindOf(field);
  return <Cell resource={resource} field={field} value={field.type === 'boolean' ? part.key === 'true' : part.key} />;
}

/** What people call a period that begins with the day; quarters have no name that every browser knows. */
export function periodName(day: string, period: Widget['groupPeriod'], locale: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const written = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
  switch (period) {
    case 'PERIOD_DAY': case 'PERIOD_WEEK': return written({ day: 'numeric', month: 'short', year: 'numeric' });
    case 'PERIOD_YEAR': return day.slice(0, 4);
    default: return written({ month: 'short', year: 'numeric' });
  }
}

/** The names and numbers stand beside it. */
function Pie({ parts }: { readonly parts: readonly Part[] }) {
  const whole = parts.reduce((sum, part) => sum + Math.max(0, part.value), 0);
  const shares = parts.map((part) => (whole === 0 ? 0 : (Math.max(0, part.value) / whole) * 100));
  return (
    <svg viewBox="0 0 42 42" className="pie-picture" aria-hidden>
      {shares.map((share, index) => <circle key={parts[index]!.key} data-hue={index % hues} r="15.9155" cx="21" cy="21" fill="none" strokeWidth="7" strokeDasharray={`${share} ${100 - share}`} strokeDashoffset={25 - shares.slice(0, index).reduce((sum, before) => sum + before, 0)} />)}
    </svg>
  );
}

function Line({ parts }: { readonly parts: readonly Part[] }) {
  const points = parts.map((part, index) => [parts.length === 1 ? 50 : (index / (parts.length - 1)) * 100, 38 - (shareOf(part.value, parts) / 100) * 34] as const);
  return (
    <svg viewBox="0 0 100 40" preserveAspectRatio="none" className="line-picture" aria-hidden>
      <polyline points={points.map(([x, y]) => `${x},${y}`).join(' ')} fill="none" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

import { X } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { usePipelines } from '../board/pipelines';
import { plus, todayIn } from '../calendar/calendar';
import { groupings, type ReportWanted } from './reports';
import { useGroupNames } from './useGroupNames';

interface Props {
  readonly search: URLSearchParams;
  readonly change: (change: Readonly<Record<string, string>>) => void;
  readonly wanted: ReportWanted;
  /** The days that the report is about, as the platform has them. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Whether all pipelines together are one of the choices. */
  readonly allPipelines: boolean;
  readonly children?: ReactNode;
}

/** Of which pipeline and which days a report is, by what it is divided, and when it is looked at; it stands in the address. */
export function ReportBar({ search, change, wanted, from, to, allPipelines, children }: Props) {
  const [t, pipelines, today] = [useTranslations('reports'), usePipelines(), useToday()];
  const day = (key: 'from' | 'to', value: string | undefined) => (
    <label className="bar-field"><span>{t(key)}</span><input className="input" type="date" value={search.get(key) ?? value ?? ''} onChange={(event) => change({ [key]: event.target.value })} /></label>
  );
  return (
    <div className="toolbar">
      <div className="tools bar-tools">
        {pipelines.length < 2 ? null : (
          <label className="bar-field">
            <span>{t('pipeline')}</span>
            <select className="input" value={search.get('pipeline') ?? ''} onChange={(event) => change({ pipeline: event.target.value })}>
              {allPipelines ? <option value="">{t('allPipelines')}</option> : null}
              {pipelines.map((entry, index) => <option key={entry.id} value={!allPipelines && index === 0 ? '' : entry.id}>{entry.name}</option>)}
            </select>
          </label>
        )}
        {day('from', from)}
        {day('to', to)}
        {/* Today is not over yet: as it is now is what is shown without. */}
        <label className="bar-field"><span>{t('asOf')}</span><input className="input" type="date" max={plus(today, -1)} value={wanted.asOf} onChange={(event) => change({ asOf: event.target.value >= today ? '' : event.target.value })} /></label>
        <label className="bar-field">
          <span>{t('by')}</span>
          <select className="input" value={wanted.by} onChange={(event) => change({ by: event.target.value, ...(event.target.value === 'owner' ? {} : { credit: '' }) })}>
            <option value="">{t('byNone')}</option>
            {groupings.map((by) => <option key={by} value={by}>{t(`bys.${by}`)}</option>)}
          </select>
        </label>
        {wanted.by === 'owner' ? <label className="check"><input type="checkbox" checked={wanted.bySplits} onChange={(event) => change({ credit: event.target.checked ? 'splits' : '' })} />{t('bySplits')}</label> : null}
        {children}
        <Narrowed wanted={wanted} change={change} />
      </div>
    </div>
  );
}

/** The one team or source that the report is about, and a way back to all. */
function Narrowed({ wanted, change }: Pick<Props, 'wanted' | 'change'>) {
  const [t, teams] = [useTranslations('reports'), useGroupNames(wanted.team === '' ? '' : 'team')];
  const only = (key: 'team' | 'source', name: string) => (name === '' ? null : (
    <span className="pill narrowed"><span className="truncate">{t(`only.${key}`, { name })}</span><button type="button" className="icon-button" aria-label={t('notOnly', { name })} onClick={() => change({ [key]: '' })}><X size={13} aria-hidden /></button></span>
  ));
  return <>{only('team', wanted.team === '' ? '' : teams(wanted.team))}{only('source', wanted.source)}</>;
}

/** The day on which the page was opened. */
function useToday(): string {
  const timeZone = useTimeZone() ?? 'UTC';
  return useState(() => todayIn(new Date(), timeZone))[0];
}

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { usePipelines } from '../board/pipelines';

interface Props {
  readonly search: URLSearchParams;
  readonly change: (change: Readonly<Record<string, string>>) => void;
  /** The days that the report is about, as the platform has them. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Whether all pipelines together are one of the choices. */
  readonly allPipelines: boolean;
  readonly children?: ReactNode;
}

/** Of which pipeline and which days a report is; it stands in the address. */
export function ReportBar({ search, change, from, to, allPipelines, children }: Props) {
  const [t, pipelines] = [useTranslations('reports'), usePipelines()];
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
        {children}
      </div>
    </div>
  );
}

import { useFormatter, useTranslations } from 'next-intl';
import { countsOf, isUnderWay, progressOf, type Job } from './jobs';

const states = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'UNDOING', 'UNDONE'] as const;

/** How a job stands: what became of its records, or how far it is. */
export function JobState({ job, label }: { readonly job: Job; readonly label: string }) {
  const [t, format] = [useTranslations('bulk'), useFormatter()];
  const state = states.find((name) => job.state === `BULK_STATE_${name}`) ?? 'RUNNING';
  const [counts, { is, of }, going] = [countsOf(job), progressOf(job), isUnderWay(job)];
  const parts = state === 'UNDONE'
    ? [t('counts.restored', { count: counts.restored }), ...(counts.kept > 0 ? [t('counts.kept', { count: counts.kept })] : [])]
    : [t('counts.done', { done: format.number(counts.done), total: format.number(counts.total) }), ...(counts.skipped > 0 ? [t('counts.skipped', { count: counts.skipped })] : []), ...(counts.failed > 0 ? [t('counts.failed', { count: counts.failed })] : [])];
  return (
    <div className="working">
      <p><span role="status" className="job-state" data-bad={state === 'FAILED' || (!going && counts.failed > 0)}>{t(`states.${state}`)}</span> <span className="dim tabular">{going ? `${format.number(is)} / ${format.number(of)}` : parts.join(' · ')}</span></p>
      {going ? <progress aria-label={label} max={Math.max(1, of)} {...(is > 0 ? { value: is } : {})} /> : null}
      {job.errorMessage === '' ? null : <p className="fault">{job.errorMessage}</p>}
    </div>
  );
}

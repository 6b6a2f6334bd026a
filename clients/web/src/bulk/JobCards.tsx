import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Link } from '../routing/Link';
import { jobsPath } from '../routing/places';
import { JobActions } from './JobActions';
import { isUnderWay, jobQuery, type Placed } from './jobs';
import { JobState } from './JobState';
import { useEnding, useJobTitle } from './useJob';

interface Props {
  readonly jobs: readonly Placed[];
  readonly onClose: (placed: Placed) => void;
}

/** How the jobs go on that were begun here; they stay until somebody sends them away. */
export function JobCards({ jobs, onClose }: Props) {
  const t = useTranslations('bulk');
  return (
    <section className="job-cards" aria-label={t('jobs')}>
      {jobs.map((placed) => <JobCard key={placed.job.id} placed={placed} onClose={() => onClose(placed)} />)}
    </section>
  );
}

function JobCard({ placed, onClose }: { readonly placed: Placed; readonly onClose: () => void }) {
  const [t, id] = [useTranslations('bulk'), useId()];
  const job = useQuery(jobQuery(placed)).data;
  useEnding(job);
  const title = useJobTitle(job);
  return (
    <article className="job-card" aria-labelledby={`${id}-title`} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header><h2 id={`${id}-title`} className="truncate">{title}</h2><button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={15} aria-hidden /></button></header>
      <JobState job={job} label={title} />
      <div className="job-does">
        <JobActions placed={{ ...placed, job }} title={title} />
        <span className="grow" />
        {isUnderWay(job) ? null : <Link className="quiet" href={jobsPath} onClick={onClose}>{t('allJobs')}</Link>}
      </div>
    </article>
  );
}

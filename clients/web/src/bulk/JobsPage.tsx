'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { usePermissions } from '../api/me';
import { toldOf } from '../api/told';
import { formatInstant } from '../fields/date';
import { useMembers } from '../fields/user';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { PageFrame } from '../ui/PageFrame';
import { JobActions } from './JobActions';
import { jobsQuery, newestFirst, type Placed } from './jobs';
import { JobState } from './JobState';
import { useEnding, useJobTitle } from './useJob';

/** Work on many records: what goes on, what was done lately, and a way to take it back. */
export function JobsPage() {
  const [t, permissions] = [useTranslations('bulk'), usePermissions()];
  const found = useInfiniteQuery(jobsQuery(permissions));
  const jobs = newestFirst(found.data?.pages.flatMap((page) => page.jobs) ?? []);
  return (
    <PageFrame title={t('jobs')}>
      {found.data === undefined && found.isError ? <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} /> : found.isPending ? <Skeleton />
        : jobs.length === 0 ? <Blank icon={ListChecks} title={t('noJobs')}>{t('noJobsHint')}</Blank> : (
          <div className="tw:grid tw:gap-4 tw:max-w-3xl">
            <p className="dim">{t('jobsHint')}</p>
            <ul className="cards">{jobs.map((placed) => <Line key={placed.job.id} placed={placed} />)}</ul>
            {found.hasNextPage ? <div><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</button></div> : null}
          </div>
        )}
    </PageFrame>
  );
}

function Line({ placed }: { readonly placed: Placed }) {
  const [locale, timeZone, members] = [useLocale(), useTimeZone(), useMembers()];
  const { job } = placed;
  useEnding(job);
  const title = useJobTitle(job);
  const who = members?.find((member) => member.userId === job.startedBy)?.displayName;
  return (
    <li className="pair job-line">
      <div className="pair-names"><h2 className="truncate">{title}</h2><small className="dim">{[formatInstant(job.createTime ?? '', locale, timeZone), who].filter(Boolean).join(' · ')}</small></div>
      <JobState job={job} label={title} />
      <div className="pair-does"><JobActions placed={placed} title={title} /></div>
    </li>
  );
}

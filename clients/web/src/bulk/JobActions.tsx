import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, ListChecks, Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMe } from '../api/me';
import { saidOf } from '../api/told';
import { useNotice } from '../ui/Notice';
import { fileAddress, hasFile, isUndoable, isUnderWay, jobQuery, stopJob, undoJob, type Job, type Placed } from './jobs';

const JobItems = dynamic(() => import('./JobItems').then((file) => file.JobItems));

/** What can be done with a job as it stands: stop it, take it back, fetch its file, see what became of each record. */
export function JobActions({ placed, title }: { readonly placed: Placed; readonly title: string }) {
  const [t, client, tell, me, now] = [useTranslations('bulk'), useQueryClient(), useNotice(), useMe(), useNow({ updateInterval: 60_000 })];
  const [looks, setLooks] = useState(false);
  const { job } = placed;
  const asked = (ask: (placed: Placed) => Promise<Job>) => ({
    mutationFn: () => ask(placed),
    onSuccess: (next: Job) => {
      client.setQueryData(jobQuery(placed).queryKey, next);
      void client.invalidateQueries({ queryKey: ['bulk-jobs'] });
    },
    onError: (fault: Error) => tell({ text: saidOf(fault), bad: true }),
  });
  const [stop, undo] = [useMutation(asked(stopJob)), useMutation(asked(undoJob))];
  const stoppable = isUnderWay(job) && job.state !== 'BULK_STATE_UNDOING';
  return (
    <>
      {stoppable ? <button type="button" className="button" disabled={stop.isPending} aria-label={`${t('stop')}: ${title}`} onClick={() => stop.mutate()}>{t('stop')}</button> : null}
      {hasFile(job, me.id, now) ? <a className="button primary" href={fileAddress(placed)} download aria-label={`${t('download')}: ${title}`}><Download size={14} aria-hidden />{t('download')}</a> : null}
      {isUndoable(job, now) ? <button type="button" className="button" disabled={undo.isPending} aria-label={`${t('undo')}: ${title}`} onClick={() => undo.mutate()}><Undo2 size={14} aria-hidden />{t('undo')}</button> : null}
      {isUnderWay(job) ? null : <button type="button" className="button ghost" aria-label={`${t('items')}: ${title}`} onClick={() => setLooks(true)}><ListChecks size={14} aria-hidden />{t('items')}</button>}
      {looks ? <JobItems placed={placed} title={title} onClose={() => setLooks(false)} /> : null}
    </>
  );
}

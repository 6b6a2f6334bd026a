import Dialog from '@mui/material/Dialog';
import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useNameOf } from '../fields/names';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { countsOf, itemsQuery, type Job, type JobItem, type Outcome, type Placed } from './jobs';

const outcomes = ['DONE', 'FAILED', 'SKIPPED', 'PENDING', 'RESTORED', 'KEPT'] as const;
type Name = (typeof outcomes)[number];
const nameOf = (outcome: Outcome): Name | undefined => outcomes.find((name) => outcome === `BULK_OUTCOME_${name}`);

/** With what somebody who looks begins: with what did not go as it was meant to. */
const first = (job: Job): Outcome | '' => {
  const { failed, kept } = countsOf(job);
  return kept > 0 ? 'BULK_OUTCOME_KEPT' : failed > 0 ? 'BULK_OUTCOME_FAILED' : '';
};

/** What became of each record of a job, and why. */
export function JobItems({ placed, title, onClose }: { readonly placed: Placed; readonly title: string; readonly onClose: () => void }) {
  const [t, id] = [useTranslations('bulk'), useId()];
  const [outcome, setOutcome] = useState<Outcome | ''>(() => first(placed.job));
  const found = useInfiniteQuery(itemsQuery(placed, outcome));
  const items = found.data?.pages.flatMap((page) => page.items ?? []) ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <div className="form">
        <header><h2 id={`${id}-title`}>{title}</h2><button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields one">
          <label className="bar-field"><span>{t('outcome')}</span>
            <select className="input" value={outcome} onChange={(event) => setOutcome(event.target.value as Outcome | '')}>
              <option value="">{t('everyOutcome')}</option>
              {outcomes.map((name) => <option key={name} value={`BULK_OUTCOME_${name}`}>{t(`outcomes.${name}`)}</option>)}
            </select>
          </label>
          {found.isError ? <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} /> : found.isPending ? <Skeleton /> : items.length === 0 ? <p className="dim" role="status">{t('noItems')}</p>
            : <ul className="job-items" aria-label={t('items')}>{items.map((item) => <Item key={item.recordId} item={item} job={placed.job} />)}</ul>}
          {found.hasNextPage ? <div><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</button></div> : null}
        </div>
      </div>
    </Dialog>
  );
}

const gone = new Set(['NOT_FOUND', 'GONE', 'MERGED']);

function Item({ item: { recordId, outcome, code, message }, job: { resource, operation } }: { readonly item: JobItem; readonly job: Job }) {
  const [t, path] = [useTranslations('bulk'), useResources().find((entry) => entry.resource === resource)?.restPath ?? ''];
  const [name, known] = [useNameOf(path, recordId), nameOf(outcome)];
  const isGone = gone.has(code) || (outcome === 'BULK_OUTCOME_DONE' && (operation === 'BULK_OPERATION_DELETE' || operation === 'BULK_OPERATION_MERGE'));
  return (
    <li>
      {isGone ? <code>{recordId.slice(0, 8)}</code> : <Link className="quiet truncate" href={recordPath(resource, recordId)}>{name ?? recordId.slice(0, 8)}</Link>}
      <span className="pill">{known === undefined ? outcome : t(`outcomes.${known}`)}</span>
      {message === '' ? null : <small className="dim">{message}</small>}
    </li>
  );
}

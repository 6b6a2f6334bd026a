import { ApiProblem } from '@platform/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge, Plus } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { Resource } from '../../api/api';
import { useMay } from '../../api/me';
import { useMaybeResource } from '../../api/metadata';
import { toldOf } from '../../api/told';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { useNotice } from '../../ui/Notice';
import { raised, withOne, withoutOne } from '../forms/forms';
import { faultsOf } from '../objects/fields';
import { keepScoring, rescored, scoringQuery, type Scoring, type ScoringRule } from './scoring';
import { RuleLine } from './RuleLine';

/** By which rules leads get their score. */
export function ScoringPage() {
  const [found, leads] = [useQuery(scoringQuery), useMaybeResource('contacts.lead')];
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined || leads === undefined) return <Skeleton />;
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl">
      <Progress scoring={found.data} />
      <Rules scoring={found.data} leads={leads} />
    </div>
  );
}

/** How far the scores of leads are; when they are all there, whatever shows some asks for them. */
function Progress({ scoring }: { readonly scoring: Scoring }) {
  const [t, client, pending] = [useTranslations('scoring'), useQueryClient(), scoring.pending === true];
  const was = useRef(pending);
  useEffect(() => {
    if (was.current && !pending) void rescored(client);
    was.current = pending;
  }, [client, pending]);
  return <p className={pending ? 'dim' : 'unseen'} role="status">{pending ? t('pending', { done: Number(scoring.done ?? 0), total: Number(scoring.total ?? 0) }) : ''}</p>;
}

interface Line extends ScoringRule {
  /** By which it is known while lines are moved. */
  readonly key: number;
}

function Rules({ scoring, leads }: { readonly scoring: Scoring; readonly leads: Resource }) {
  const [t, id, client, tell, writes, here] = [useTranslations('scoring'), useId(), useQueryClient(), useNotice(), useMay('contacts.import'), useTimeZone() ?? ''];
  // What is written over is what was seen when writing began.
  const [kept, setKept] = useState(scoring);
  const next = useRef(scoring.rules.length);
  const [rules, setRules] = useState<readonly Line[]>(() => scoring.rules.map((rule, key) => ({ ...rule, key })));
  const save = useMutation({
    mutationFn: () => keepScoring({ etag: kept.etag, timeZone: kept.timeZone || here, rules: rules.map(({ name, filter, points }) => ({ name, filter, points })) }),
    onSuccess: (saved) => {
      setKept(saved);
      client.setQueryData(scoringQuery.queryKey, saved);
      tell({ text: t('saved') });
      return rescored(client);
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'scoring');
  const placed = [...faults.keys()].some((place) => place.startsWith('rules['));
  const add = () => setRules([...rules, { name: '', filter: '', points: 10, key: next.current++ }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const adding = writes ? <button type="button" className="button" onClick={add}><Plus size={15} aria-hidden />{t('add')}</button> : undefined;
  return (
    <form className="tw:grid tw:gap-4" onSubmit={submit} noValidate aria-label={t('title')}>
      {rules.length === 0 ? <Blank icon={Gauge} title={t('none')} action={adding}>{t('hint')}</Blank> : (
        <>
          <p className="dim">{t('hint')}</p>
          <ol className="cards">
            {rules.map((rule, at) => (
              <RuleLine key={rule.key} id={`${id}-${rule.key}`} rule={rule} number={at + 1} leads={leads} writes={writes} at={at} faults={faults}
                onChange={(parts) => setRules(withOne(rules, at, { ...rule, ...parts }))} onRaise={() => setRules(raised(rules, at))} onRemove={() => setRules(withoutOne(rules, at))} />
            ))}
          </ol>
          {adding === undefined ? null : <div>{adding}</div>}
        </>
      )}
      {problem === undefined && save.error === null ? null : placed ? null : <p className="fault" role="alert">{problem?.code === 'STALE_ETAG' ? t('conflict') : (problem?.errors[0]?.message ?? save.error?.message)}</p>}
      {writes && (rules.length > 0 || kept.rules.length > 0) ? <div><button type="submit" className="button primary" disabled={save.isPending}>{t('save')}</button></div> : null}
    </form>
  );
}

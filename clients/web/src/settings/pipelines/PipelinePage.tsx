import { ApiProblem } from '@platform/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, ChevronRight, Star } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useMay } from '../../api/me';
import { useMaybeResource } from '../../api/metadata';
import { saidOf, toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { Skeleton } from '../../shell/Skeleton';
import { Fault } from '../../ui/Fault';
import { useNotice } from '../../ui/Notice';
import { useLasting } from '../../ui/useLasting';
import { faultsOf } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { LossReasons } from './LossReasons';
import { begunWith, countsQuery, doWith, goingOn, isDirty, moveDeals, pipelineQuery, pipelinesQuery, removed, updatePipeline, type Draft, type Pipeline } from './pipelines';
import { RemovedStages } from './RemovedStages';
import { Stages } from './Stages';

export function PipelinePage({ id }: { readonly id: string }) {
  const found = useQuery(pipelineQuery(id));
  if (useLasting(found, found.refetch)) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  return found.data === undefined ? <Skeleton /> : <Editor key={found.data.id} pipeline={found.data} />;
}

function Editor({ pipeline }: { readonly pipeline: Pipeline }) {
  const [t, may, client, tell] = [useTranslations('pipelines'), useMay('pipelines.write'), useQueryClient(), useNotice()];
  const [kept, setKept] = useState(() => begunWith(pipeline));
  const written = goingOn(kept, pipeline);
  if (written !== kept) setKept(written);
  const { base, draft } = written;
  const setDraft = (next: Draft) => setKept({ base, draft: next });
  const [ways, setWays] = useState<Readonly<Record<string, string>>>({});
  const deal = useMaybeResource('deals.deal');
  const counts = useQuery(countsQuery(pipeline.id)).data;
  const again = async () => {
    await client.invalidateQueries({ queryKey: pipelinesQuery.queryKey });
    await client.invalidateQueries({ predicate: ({ queryKey }) => ['board', 'pipelines', 'rows', 'row'].includes(`${queryKey[0] as string}`) });
  };
  const gone = removed(base, draft).filter((stage) => (counts?.get(stage.id) ?? 0) > 0);
  const save = useMutation({
    mutationFn: async () => {
      // First the stage to which deals go, if it is new; then they leave the one that asks for nothing any more.
      const saved = await updatePipeline(base, draft);
      const outcomes = [];
      for (const stage of gone) if (ways[stage.id] !== undefined && ways[stage.id] !== '') outcomes.push(await moveDeals(stage.id, ways[stage.id]!));
      return { saved, refused: outcomes.flatMap((outcome) => outcome.refused) };
    },
    onSuccess: async ({ saved, refused }) => {
      client.setQueryData(pipelineQuery(pipeline.id).queryKey, saved);
      // Who writes begins anew with what was saved.
      setKept(begunWith(saved));
      setWays({});
      tell(refused.length === 0 ? { text: t('saved') } : { text: t('notMoved', { count: refused.length, why: refused[0] ?? '' }), bad: true });
      await again();
    },
  });
  const work = useMutation({ mutationFn: (what: 'promote' | 'archive' | 'unarchive') => doWith(pipeline, what), onSuccess: again, onError: (fault) => tell({ text: saidOf(fault), bad: true }) });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'pipeline');
  const [archived, dirty] = [pipeline.archiveTime !== undefined, isDirty(written)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const placed = [...faults.keys()].some((part) => part === 'name' || /^(stages|lossReasons)\[/.test(part));
  return (
    <form className="tw:grid tw:gap-6 tw:max-w-4xl" onSubmit={submit} noValidate>
      <div className="tw:flex tw:items-center tw:gap-2 tw:flex-wrap page-head">
        <nav className="crumbs grow" aria-label={t('where')}>
          <Link className="crumb" href="/settings/pipelines">{t('title')}</Link><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{pipeline.name}</span>
          {pipeline.isDefault ? <span className="pill">{t('isDefault')}</span> : null}
        </nav>
        {!may || pipeline.isDefault ? null : archived
          ? <button type="button" className="button" disabled={work.isPending} onClick={() => work.mutate('unarchive')}><ArchiveRestore size={14} aria-hidden />{t('unarchive')}</button>
          : <><button type="button" className="button ghost" disabled={work.isPending} onClick={() => work.mutate('promote')}><Star size={14} aria-hidden />{t('promote')}</button><button type="button" className="button ghost" disabled={work.isPending} onClick={() => work.mutate('archive')}><Archive size={14} aria-hidden />{t('archive')}</button></>}
        {may && !archived ? <button type="submit" className="button primary" disabled={save.isPending || !dirty}>{t('save')}</button> : null}
      </div>
      {save.isError && !placed ? <p className="warning" role="alert">{problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.errors[0]?.message ?? save.error.message)}</p> : null}
      <fieldset className="plain-set tw:grid tw:gap-6" disabled={!may || archived}>
        <legend className="unseen">{pipeline.name}</legend>
        <div className="tw:max-w-md"><Labelled id="pipeline-name" label={t('name')} fault={faults.get('name')}><input {...faulty('pipeline-name', faults.get('name'))} className="input" maxLength={100} autoComplete="off" value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Labelled></div>
        <Stages stages={draft.stages} counts={counts} deal={deal} faults={faults} onChange={(stages) => setDraft({ ...draft, stages })} />
        <RemovedStages stages={gone} counts={counts} targets={draft.stages} ways={ways} onChange={setWays} />
        <LossReasons reasons={draft.lossReasons} required={draft.requiresLossReason} faults={faults} onChange={(parts) => setDraft({ ...draft, ...parts })} />
      </fieldset>
    </form>
  );
}

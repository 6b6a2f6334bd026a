import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Plus, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useMay } from '../../api/me';
import { saidOf, toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { Skeleton } from '../../shell/Skeleton';
import { Fault } from '../../ui/Fault';
import { PipelinePage } from './PipelinePage';
import { createPipeline, pipelinesQuery, type Pipeline } from './pipelines';

/** The ways that deals go; below the id of one, its stages. */
export const PipelinesPage = ({ path }: { readonly path: string }) => (path === '' ? <Pipelines /> : <PipelinePage key={path} id={path} />);

function Pipelines() {
  const [t, may, found] = [useTranslations('pipelines'), useMay('pipelines.write'), useQuery(pipelinesQuery)];
  const [making, setMaking] = useState(false);
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const inUse = found.data.filter((pipeline) => pipeline.archiveTime === undefined).toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const archived = found.data.filter((pipeline) => pipeline.archiveTime !== undefined);
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap">
        <p className="dim grow">{t('hint')}</p>
        {may && !making ? <button type="button" className="button primary" onClick={() => setMaking(true)}><Plus size={15} aria-hidden />{t('new')}</button> : null}
      </div>
      {making ? <NewPipeline onClose={() => setMaking(false)} /> : null}
      <Rows pipelines={inUse} />
      {archived.length === 0 ? null : <section className="tw:grid tw:gap-2"><h2 className="section-title">{t('archivedOnes')}</h2><Rows pipelines={archived} /></section>}
    </div>
  );
}

function Rows({ pipelines }: { readonly pipelines: readonly Pipeline[] }) {
  const t = useTranslations('pipelines');
  return (
    <ul className="rows-list">
      {pipelines.map(({ id, name, isDefault, stages }) => (
        <li key={id}>
          <Link className="row-link" href={`/settings/pipelines/${id}`}>
            <Workflow size={17} aria-hidden />
            <span className="who"><span>{name}</span><small className="truncate">{stages.filter((stage) => !stage.archived).map((stage) => stage.name).join(' → ')}</small></span>
            <span className="grow" />
            {isDefault ? <span className="pill">{t('isDefault')}</span> : null}
            <ChevronRight size={15} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NewPipeline({ onClose }: { readonly onClose: () => void }) {
  const [t, client, router] = [useTranslations('pipelines'), useQueryClient(), useRouter()];
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => createPipeline(name.trim()),
    onSuccess: async (pipeline) => {
      await client.invalidateQueries({ queryKey: pipelinesQuery.queryKey });
      router.push(`/settings/pipelines/${pipeline.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <label className="unseen" htmlFor="pipeline-name">{t('name')}</label>
      <input id="pipeline-name" className="input" autoFocus autoComplete="off" maxLength={100} placeholder={t('name')} value={name} aria-invalid={create.isError} aria-describedby="pipeline-fault" onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button primary" disabled={create.isPending}>{t('make')}</button>
      <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
      {create.isError ? <p id="pipeline-fault" className="fault" role="alert">{saidOf(create.error)}</p> : null}
    </form>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Plus, Tags } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { saidOf, toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { Skeleton } from '../../shell/Skeleton';
import { Fault } from '../../ui/Fault';
import { PriceListPage } from './PriceListPage';
import { createList, listsQuery } from './prices';

/** The lists of prices; below the id of one, what is in it. */
export const PricesPage = ({ path }: { readonly path: string }) => (path === '' ? <Lists /> : <PriceListPage key={path} id={path} />);

function Lists() {
  const [t, found] = [useTranslations('prices'), useQuery(listsQuery)];
  const [making, setMaking] = useState(false);
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap">
        <p className="dim grow">{t('hint')}</p>
        {making ? null : <button type="button" className="button primary" onClick={() => setMaking(true)}><Plus size={15} aria-hidden />{t('newList')}</button>}
      </div>
      {making ? <NewList onClose={() => setMaking(false)} /> : null}
      <ul className="rows-list">
        {found.data.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name)).map(({ id, name, isDefault }) => (
          <li key={id}>
            <Link className="row-link" href={`/settings/prices/${id}`}><Tags size={17} aria-hidden /><span>{name}</span><span className="grow" />{isDefault ? <span className="pill">{t('isDefault')}</span> : null}<ChevronRight size={15} aria-hidden /></Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NewList({ onClose }: { readonly onClose: () => void }) {
  const [t, client, router] = [useTranslations('prices'), useQueryClient(), useRouter()];
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => createList(name.trim()),
    onSuccess: async (list) => {
      await client.invalidateQueries({ queryKey: listsQuery.queryKey });
      router.push(`/settings/prices/${list.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <label className="unseen" htmlFor="price-list-name">{t('name')}</label>
      <input id="price-list-name" className="input" autoFocus autoComplete="off" maxLength={100} placeholder={t('name')} value={name} aria-invalid={create.isError} aria-describedby="price-list-fault" onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button primary" disabled={create.isPending}>{t('make')}</button>
      <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
      {create.isError ? <p id="price-list-fault" className="fault" role="alert">{saidOf(create.error)}</p> : null}
    </form>
  );
}

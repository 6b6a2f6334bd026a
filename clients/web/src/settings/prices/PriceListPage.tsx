import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Plus, Star, Tags } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saidOf, toldOf } from '../../api/told';
import type { Price, PriceList } from '../../products/products';
import { Link } from '../../routing/Link';
import { Nowhere } from '../../shell/Nowhere';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { useNotice } from '../../ui/Notice';
import { PriceDialog } from './PriceDialog';
import { deleteList, listsQuery, pricesQuery, promoteList, renameList } from './prices';
import { PricesTable } from './PricesTable';

/** One list of prices: its name, and what is in it. */
export function PriceListPage({ id }: { readonly id: string }) {
  const found = useQuery(listsQuery);
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const list = found.data.find((entry) => entry.id === id);
  return list === undefined ? <Nowhere /> : <Prices list={list} />;
}

function Prices({ list }: { readonly list: PriceList }) {
  const [t, found] = [useTranslations('prices'), useInfiniteQuery(pricesQuery(list.id))];
  const [editing, setEditing] = useState<Price | 'new'>();
  const prices = found.data?.pages.flatMap((page) => page.prices ?? []);
  const add = <button type="button" className="button primary" onClick={() => setEditing('new')}><Plus size={15} aria-hidden />{t('newPrice')}</button>;
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-4xl">
      <Head key={list.etag} list={list} empty={prices?.length === 0}>{add}</Head>
      {prices === undefined ? (found.isError ? <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} /> : <Skeleton />) : prices.length === 0 ? <Blank icon={Tags} title={t('none')} action={add}>{t('noneHint')}</Blank> : (
        <>
          <PricesTable prices={prices} label={list.name} onOpen={setEditing} />
          {found.hasNextPage ? <div><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</button></div> : null}
        </>
      )}
      {editing === undefined ? null : <PriceDialog list={list.id} price={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

function Head({ list, empty, children }: { readonly list: PriceList; readonly empty: boolean; readonly children: React.ReactNode }) {
  const [t, client, tell, router] = [useTranslations('prices'), useQueryClient(), useNotice(), useRouter()];
  const [name, setName] = useState(list.name);
  const work = useMutation({
    mutationFn: (what: 'rename' | 'promote' | 'delete') => (what === 'rename' ? renameList(list, name.trim()) : what === 'promote' ? promoteList(list) : deleteList(list)),
    onSuccess: async (_answer, what) => {
      if (what === 'delete') router.push('/settings/prices');
      await client.invalidateQueries({ queryKey: listsQuery.queryKey });
      // Which list answers where no other one does is another one now.
      await client.invalidateQueries({ queryKey: ['price'] });
    },
    onError: (fault) => tell({ text: saidOf(fault), bad: true }),
  });
  return (
    <div className="tw:flex tw:items-center tw:gap-2 tw:flex-wrap page-head">
      <nav className="crumbs grow" aria-label={t('where')}>
        <Link className="crumb" href="/settings/prices">{t('title')}</Link><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{list.name}</span>
        {list.isDefault ? <span className="pill">{t('isDefault')}</span> : null}
      </nav>
      <form className="inline-form" onSubmit={(event) => { event.preventDefault(); work.mutate('rename'); }}>
        <input className="input" aria-label={t('name')} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <button type="submit" className="button ghost" disabled={work.isPending || name.trim() === '' || name.trim() === list.name}>{t('rename')}</button>
      </form>
      {list.isDefault ? null : <button type="button" className="button ghost" disabled={work.isPending} onClick={() => work.mutate('promote')}><Star size={14} aria-hidden />{t('promote')}</button>}
      {list.isDefault || !empty ? null : <button type="button" className="button ghost danger" disabled={work.isPending} onClick={() => work.mutate('delete')}>{t('deleteList')}</button>}
      {children}
    </div>
  );
}

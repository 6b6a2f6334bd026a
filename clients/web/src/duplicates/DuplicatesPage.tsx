'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CopyCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { call, type Resource } from '../api/api';
import { useMaybeResource, useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useNameOf } from '../fields/names';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { useSearch } from '../routing/useSearch';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';
import { PageFrame } from '../ui/PageFrame';
import { compared, duplicatesQuery, isMerged, type Duplicate, isKnownRule, knownRules } from './duplicates';

const MergeDialog = dynamic(() => import('./MergeDialog').then((file) => file.MergeDialog));

/** Records that may be the same, to be made one or told apart. */
export function DuplicatesPage() {
  const [t, resources, [search, change]] = [useTranslations('duplicates'), useResources(), useSearch()];
  const kinds = compared.flatMap((name) => resources.filter((resource) => resource.resource === name));
  const name = kinds.find((kind) => kind.resource === search.get('of'))?.resource ?? 'contacts.person';
  const found = useInfiniteQuery(duplicatesQuery(call, name));
  const described = useMaybeResource(name);
  const [merging, setMerging] = useState<Duplicate>();
  const pairs = found.data?.pages.flatMap((page) => page.duplicates ?? []) ?? [];
  return (
    <PageFrame title={t('title')} bar={(
      <div className="toolbar">
        <div className="tabs" role="group" aria-label={t('of')}>
          {kinds.map((kind) => <button key={kind.resource} type="button" className="tab" aria-pressed={kind.resource === name} onClick={() => change({ of: kind.resource })}>{kind.pluralLabel}</button>)}
        </div>
      </div>
    )}>
      {found.isError && found.data === undefined ? <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />
        : found.isPending || described === undefined ? <Skeleton />
        : pairs.length === 0 && !found.hasNextPage ? <Blank icon={CopyCheck} title={t('none')}>{t('noneHint')}</Blank>
        : (
          <div className="tw:grid tw:gap-4 tw:max-w-[860px]">
            <ul className="pairs">{pairs.map((pair) => <Pair key={pair.id} resource={described} pair={pair} onMerge={() => setMerging(pair)} />)}</ul>
            {found.isFetchNextPageError ? <p className="fault" role="alert">{found.error.message}</p> : null}
            {found.hasNextPage ? <button type="button" className="button tw:justify-self-center" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</button> : null}
          </div>
        )}
      {merging === undefined || described === undefined ? null : <MergeDialog resource={described} pair={merging} onClose={() => setMerging(undefined)} />}
    </PageFrame>
  );
}

function Pair({ resource, pair, onMerge }: { readonly resource: Resource; readonly pair: Duplicate; readonly onMerge: () => void }) {
  const [t, client, tell] = [useTranslations('duplicates'), useQueryClient(), useNotice()];
  const [first, second] = [useNameOf(resource.restPath, pair.firstId), useNameOf(resource.restPath, pair.secondId)];
  const dismiss = useMutation({
    mutationFn: () => call('POST', '/api/v1/contacts/duplicates:dismiss', { body: { resource: pair.resource, firstId: pair.firstId, secondId: pair.secondId } }),
    onSuccess: () => tell({ text: t('dismissed') }),
    onError: (fault) => tell({ text: fault.message, bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ['duplicates'] }),
  });
  const link = (id: string, name: string | undefined) => <Link className="quiet truncate" href={recordPath(pair.resource, id)}>{name ?? '…'}</Link>;
  const names = `${first ?? ''}, ${second ?? ''}`;
  return (
    <li className="pair">
      <div className="pair-names">{link(pair.firstId, first)}<span className="dim" aria-hidden>≈</span>{link(pair.secondId, second)}</div>
      <p className="dim">{[pair.score ? t('score', { score: pair.score }) : '', ...(pair.reasons ?? []).map((rule) => (isKnownRule(rule) ? t(`rules.${knownRules[rule]}`) : rule))].filter(Boolean).join(' · ')}</p>
      <div className="pair-does">
        <button type="button" className="button" disabled={dismiss.isPending} aria-label={`${t('notSame')}: ${names}`} onClick={() => dismiss.mutate()}>{t('notSame')}</button>
        {isMerged(pair.resource) ? <button type="button" className="button primary" aria-label={`${t('compare')}: ${names}`} onClick={onMerge}>{t('compare')}</button> : null}
      </div>
    </li>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toldOf } from '../api/told';
import { formatInstant } from '../fields/date';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';
import { KeyDialog } from './KeyDialog';
import { deleteKey, keysQuery, type ApiKey } from './tenants';

/** The keys with which machines work in the company. */
export function Keys() {
  const [t, client, tell] = [useTranslations('settings'), useQueryClient(), useNotice()];
  const found = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const remove = useMutation({
    mutationFn: (key: ApiKey) => deleteKey(key.id),
    onSuccess: (_answer, key) => tell({ text: t('keys.deleted', { name: key.displayName }) }),
    onError: (fault) => tell({ text: fault.message, bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const create = <button type="button" className="button primary" onClick={() => setMaking(true)}><Plus size={15} aria-hidden />{t('keys.create')}</button>;
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl">
      {found.data.length === 0 ? <Blank icon={KeyRound} title={t('keys.none')} action={create}>{t('keys.hint')}</Blank> : (
        <>
          <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap"><p className="dim grow">{t('keys.hint')}</p>{create}</div>
          <ul className="cards">{found.data.map((key) => <KeyCard key={key.id} apiKey={key} busy={remove.isPending} onDelete={() => remove.mutate(key)} />)}</ul>
        </>
      )}
      {making ? <KeyDialog onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

function KeyCard({ apiKey: { displayName, prefix, permissions, expireTime, lastUseTime }, busy, onDelete }: { readonly apiKey: ApiKey; readonly busy: boolean; readonly onDelete: () => void }) {
  const [t, locale, timeZone] = [useTranslations('settings'), useLocale(), useTimeZone()];
  const [sure, setSure] = useState(false);
  const used = lastUseTime === undefined ? t('keys.unused') : t('keys.used', { time: formatInstant(lastUseTime, locale, timeZone) });
  return (
    <li className="pair">
      <div className="pair-names"><KeyRound size={16} aria-hidden /><span className="truncate">{displayName}</span><code className="dim" title={prefix}>…{prefix.slice(-8)}</code></div>
      <p className="dim">{[permissions.join(', '), expireTime === undefined ? '' : t('keys.until', { time: formatInstant(expireTime, locale, timeZone) }), used].filter(Boolean).join(' · ')}</p>
      <div className="pair-does"><button type="button" className="button ghost danger" disabled={busy} aria-label={`${sure ? t('keys.deleteSure') : t('keys.delete')}: ${displayName}`} onClick={() => (sure ? onDelete() : setSure(true))}>{sure ? t('keys.deleteSure') : t('keys.delete')}</button></div>
    </li>
  );
}

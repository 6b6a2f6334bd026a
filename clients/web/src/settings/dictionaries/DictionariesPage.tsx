import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ListChecks, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toldOf } from '../../api/told';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { dictionariesQuery, type Dictionary } from '../objects/metadata';
import { DictionaryDialog } from './DictionaryDialog';

/** Lists of choices that several fields share. */
export function DictionariesPage() {
  const [t, found] = [useTranslations('dictionaries'), useQuery(dictionariesQuery)];
  const [editing, setEditing] = useState<Dictionary | 'new'>();
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const create = <button type="button" className="button primary" onClick={() => setEditing('new')}><Plus size={15} aria-hidden />{t('new')}</button>;
  return (
    <>
      {found.data.length === 0 ? <Blank icon={ListChecks} title={t('none')} action={create}>{t('noneHint')}</Blank> : (
        <div className="tw:grid tw:gap-4 tw:max-w-3xl">
          <div className="tw:flex tw:items-center tw:gap-2 tw:flex-wrap page-head"><p className="dim grow">{t('hint')}</p>{create}</div>
          <ul className="rows-list">
            {found.data.toSorted((a, b) => a.label.localeCompare(b.label)).map((dictionary) => (
              <li key={dictionary.id} className="row-link">
                <ListChecks size={16} aria-hidden />
                <span className="who"><button type="button" className="as-text" onClick={() => setEditing(dictionary)}>{dictionary.label || dictionary.key}</button><small><code>{dictionary.key}</code> · {t('entries', { count: dictionary.entries.length })}</small></span>
                <span className="grow" />
                <span className="pills flags"><span className="pill">{t('used', { count: dictionary.usedBy.length })}</span></span>
                <button type="button" className="button ghost" aria-label={`${t('change')}: ${dictionary.label}`} onClick={() => setEditing(dictionary)}>{t('change')}<ChevronRight size={14} aria-hidden /></button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {editing === undefined ? null : <DictionaryDialog dictionary={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

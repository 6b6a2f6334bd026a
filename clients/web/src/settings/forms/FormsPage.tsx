import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Inbox, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { useMaybeResource } from '../../api/metadata';
import { toldOf } from '../../api/told';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { FormCard } from './FormCard';
import { FormDialog } from './FormDialog';
import { formsQuery, type LeadForm } from './forms';

/** The forms by which anybody becomes a lead. */
export function FormsPage() {
  const [t, writes, leads, client] = [useTranslations('forms'), useMay('contacts.import'), useMaybeResource('contacts.lead'), useQueryClient()];
  const found = useQuery(formsQuery);
  const [editing, setEditing] = useState<LeadForm | 'new'>();
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const create = writes ? <button type="button" className="button primary" onClick={() => setEditing('new')}><Plus size={15} aria-hidden />{t('new')}</button> : undefined;
  const again = () => void client.invalidateQueries({ queryKey: formsQuery.queryKey });
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl">
      {found.data.length === 0 ? <Blank icon={Inbox} title={t('none')} action={create}>{t('hint')}</Blank> : (
        <>
          <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap"><p className="dim grow">{t('hint')}</p>{create}</div>
          <ul className="cards">{found.data.map((form) => <FormCard key={form.id} form={form} writes={writes} onChange={() => setEditing(form)} onDone={again} />)}</ul>
        </>
      )}
      {editing === undefined || leads === undefined ? null : <FormDialog form={editing === 'new' ? undefined : editing} leads={leads} onClose={() => setEditing(undefined)} onDone={again} />}
    </div>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Copy, ExternalLink, Inbox, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saidOf } from '../../api/told';
import { quoted } from '../../records/filters';
import { Link } from '../../routing/Link';
import { narrowedPath } from '../../routing/places';
import { useNotice } from '../../ui/Notice';
import { useCopy } from '../../ui/useCopy';
import { deleteForm, linkFor, openForm, type LeadForm } from './forms';

interface Props {
  readonly form: LeadForm;
  readonly writes: boolean;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

/** A form: whether anybody reaches it, where, and what can be done with it. */
export function FormCard({ form, writes, onChange, onDone }: Props) {
  const [t, tell] = [useTranslations('forms'), useNotice()];
  const [sure, setSure] = useState(false);
  const onError = (fault: Error) => tell({ text: saidOf(fault), bad: true });
  const toggle = useMutation({ mutationFn: () => openForm(form, !form.open), onSuccess: () => tell({ text: t(form.open ? 'isClosed' : 'isOpen', { name: form.title }) }), onError, onSettled: onDone });
  const remove = useMutation({ mutationFn: () => deleteForm(form), onSuccess: () => tell({ text: t('deleted', { name: form.title }) }), onError, onSettled: onDone });
  const copy = useCopy({ copied: t('copied'), refused: t('notCopied') });
  const [address, busy] = [() => new URL(form.path, location.origin).toString(), toggle.isPending || remove.isPending];
  const labelled = (label: string) => `${label}: ${form.title}`;
  return (
    <li className="pair form-card">
      <div className="pair-names"><Inbox size={16} aria-hidden /><h2 className="truncate">{form.title}</h2><span className="pill">{form.open ? t('open') : t('closed')}</span></div>
      <p className="dim"><code>{form.path}</code> · {t('asks', { count: form.fields.length })}{form.consents.length === 0 ? '' : ` · ${t('consentCount', { count: form.consents.length })}`}{form.source === '' ? null : <> · <Link className="quiet" href={narrowedPath('contacts.lead', `source = ${quoted(form.source)}`)}>{t('leads', { source: form.source })}</Link></>}</p>
      <div className="pair-does">
        {form.open ? <a className="button" href={form.path} target="_blank" rel="noreferrer" aria-label={labelled(t('look'))}><ExternalLink size={14} aria-hidden />{t('look')}</a> : null}
        <button type="button" className="button" aria-label={labelled(t('copy'))} onClick={() => void copy(address())}><Copy size={14} aria-hidden />{t('copy')}</button>
        <button type="button" className="button" aria-label={labelled(t('copyLink'))} title={t('embedHint')} onClick={() => void copy(linkFor(form, location.origin))}><Link2 size={14} aria-hidden />{t('copyLink')}</button>
        {writes ? (
          <>
            <button type="button" className="button" disabled={busy} aria-label={labelled(t('change'))} onClick={onChange}>{t('change')}</button>
            <button type="button" className="button" disabled={busy} aria-label={labelled(form.open ? t('close') : t('openIt'))} onClick={() => toggle.mutate()}>{form.open ? t('close') : t('openIt')}</button>
            <button type="button" className="button ghost danger" disabled={busy} aria-label={labelled(sure ? t('deleteSure') : t('delete'))} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('deleteSure') : t('delete')}</button>
          </>
        ) : null}
      </div>
    </li>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useMay } from '../api/me';
import { saidOf } from '../api/told';
import { useNotice } from '../ui/Notice';
import { acceptQuote, can, declineQuote, deleteQuote, renewLink, requoted, reviseQuote, sendQuote, statusOf, type Quote } from './quotes';

interface Props {
  readonly quote: Quote;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onSave: () => Promise<Quote>;
  readonly onLink: (link: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

type Work = 'send' | 'renew' | 'revise' | 'delete' | 'accept' | 'decline';

/** What can be done with a quote now; what ends something is asked for twice. */
export function QuoteActions({ quote, dirty, saving, onSave, onLink, onOpen, onClose }: Props) {
  const [t, writes, sends] = [useTranslations('quotes'), useMay('deals.write'), useMay('deals.send')];
  const [client, tell] = [useQueryClient(), useNotice()];
  const [sure, setSure] = useState(false);
  const [answering, setAnswering] = useState<'accept' | 'decline'>();
  const status = statusOf(quote);
  const work = useMutation({
    mutationFn: async ({ what, name = '', reason = '' }: { readonly what: Work; readonly name?: string; readonly reason?: string }) => {
      if (what === 'send') onLink((await sendQuote(dirty ? await onSave() : quote)).link);
      else if (what === 'renew') onLink((await renewLink(quote)).link);
      else if (what === 'revise') onOpen((await reviseQuote(quote)).id);
      else if (what === 'delete') await deleteQuote(quote);
      else await (what === 'accept' ? acceptQuote(quote, name) : declineQuote(quote, name, reason));
    },
    onSuccess: async (_answer, { what }) => {
      if (what === 'delete') onClose();
      setAnswering(undefined);
      tell({ text: t(`done.${what}`) });
      await requoted(client, quote.dealId);
    },
    // What is wrong with the draft stands in it.
    onError: (fault, { what }) => (what === 'send' && dirty ? undefined : tell({ text: saidOf(fault), bad: true })),
  });
  const busy = work.isPending || saving;
  if (answering !== undefined) return <Answering what={answering} busy={busy} onDone={(name, reason) => work.mutate({ what: answering, name, reason })} onCancel={() => setAnswering(undefined)} />;
  return (
    <footer>
      {writes && can.change(status) ? <button type="button" className="button ghost danger" disabled={busy} onBlur={() => setSure(false)} onClick={() => (sure ? work.mutate({ what: 'delete' }) : setSure(true))}>{sure ? t('deleteSure') : t('delete')}</button> : null}
      <span className="grow" />
      {writes && can.answer(status) ? <><button type="button" className="button ghost" disabled={busy} onClick={() => setAnswering('decline')}>{t('decline')}</button><button type="button" className="button ghost" disabled={busy} onClick={() => setAnswering('accept')}>{t('accept')}</button></> : null}
      {sends && can.answer(status) ? <button type="button" className="button" disabled={busy} onClick={() => work.mutate({ what: 'renew' })}>{t('renew')}</button> : null}
      {writes && can.revise(status) ? <button type="button" className="button" disabled={busy} onClick={() => work.mutate({ what: 'revise' })}>{t('revise')}</button> : null}
      {writes && can.change(status) ? <button type="submit" className="button" disabled={busy || !dirty}>{t('save')}</button> : null}
      {sends && can.change(status) ? <button type="button" className="button primary" disabled={busy} onClick={() => work.mutate({ what: 'send' })}>{t('send')}</button> : null}
    </footer>
  );
}

interface AnsweringProps {
  readonly what: 'accept' | 'decline';
  readonly busy: boolean;
  readonly onDone: (name: string, reason: string) => void;
  readonly onCancel: () => void;
}

/** Who has answered, where that was not by the link. */
function Answering({ what, busy, onDone, onCancel }: AnsweringProps) {
  const [t, id] = [useTranslations('quotes'), useId()];
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  return (
    <footer className="answering">
      <label htmlFor={`${id}-who`} className="form-label">{t('who')}</label>
      <input id={`${id}-who`} className="input" autoFocus autoComplete="off" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      {what === 'decline' ? <><label htmlFor={`${id}-why`} className="form-label">{t('why')}</label><input id={`${id}-why`} className="input" autoComplete="off" maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} /></> : null}
      <span className="grow" />
      <button type="button" className="button ghost" onClick={onCancel}>{t('back')}</button>
      <button type="button" className="button primary" disabled={busy || name.trim() === ''} onClick={() => onDone(name.trim(), reason.trim())}>{t(what === 'accept' ? 'acceptIt' : 'declineIt')}</button>
    </footer>
  );
}

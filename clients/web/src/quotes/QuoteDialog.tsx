import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { faultsOf } from '../settings/objects/fields';
import { useNotice } from '../ui/Notice';
import { Pill } from '../ui/Pill';
import { AnswerQuote } from './AnswerQuote';
import { draftOf, inputOf, type LineDraft } from './lines';
import { LinesForm } from './LinesForm';
import { LinesTable } from './LinesTable';
import { LinkOfQuote } from './LinkOfQuote';
import { QuoteActions } from './QuoteActions';
import { QuoteTexts } from './QuoteTexts';
import { can, documentOf, pillOf, quotesKey, requoted, statusOf, updateQuote, writable, type Quote, type QuoteInput } from './quotes';
import { Totals } from './Totals';

interface Props {
  readonly quote: Quote;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** A quote: written while it is a draft, and from then on what it says, how it was answered, and what can be done about it. */
export function QuoteDialog({ quote, onOpen, onClose }: Props) {
  const [t, id, client, tell] = [useTranslations('quotes'), useId(), useQueryClient(), useNotice()];
  const status = statusOf(quote);
  const [texts, setTexts] = useState<QuoteInput>({});
  const [lines, setLines] = useState<readonly LineDraft[]>();
  const [link, setLink] = useState<string>();
  // The quote as it was when writing began: whoever changes it meanwhile is not written over.
  const [begun, setBegun] = useState<Quote>();
  const begin = () => setBegun((before) => before ?? quote);
  const dirty = Object.keys(texts).length > 0 || lines !== undefined;
  const save = useMutation({
    mutationFn: async () => {
      if (!dirty) return quote;
      const parts = [...writable.filter((part) => part in texts), ...(lines === undefined ? [] : ['lineItems' as const])];
      const saved = await updateQuote(begun ?? quote, parts, { ...texts, ...(lines === undefined ? {} : { lineItems: lines.map((line) => inputOf(line, quote.currency)) }) });
      setTexts({});
      setLines(undefined);
      setBegun(undefined);
      client.setQueryData<readonly Quote[]>(quotesKey(quote.dealId), (known) => known?.map((entry) => (entry.id === saved.id ? saved : entry)));
      await requoted(client, quote.dealId);
      return saved;
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'quote');
  const placed = [...faults.keys()].some((part) => part.startsWith('lineItems[') || writable.some((name) => name === part));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutateAsync().then(() => tell({ text: t('saved') }), () => undefined);
  };
  const title = quote.number === '' ? t('draftOf', { name: quote.name }) : `${quote.number}${quote.revision > 1 ? ` · ${t('revision', { number: quote.revision })}` : ''}`;
  return (
    <Dialog open onClose={dirty ? undefined : onClose} fullWidth maxWidth="md" className="side-dialog wide" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header>
          <h2 id={`${id}-title`} className="with-mark"><span className="truncate">{title}</span><Pill option={pillOf(status, t(`statuses.${status}`))} /></h2>
          <span className="grow" />
          <a className="button ghost" href={documentOf(quote)} target="_blank" rel="noreferrer"><Download size={14} aria-hidden />PDF</a>
          <button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={16} aria-hidden /></button>
        </header>
        <div className="form-scroll padded quote-body">
          {link === undefined ? null : <LinkOfQuote link={link} />}
          <AnswerQuote quote={quote} />
          <QuoteTexts id={id} quote={quote} texts={texts} faults={faults} readOnly={!can.change(status)} onChange={(parts) => { begin(); setTexts({ ...texts, ...parts }); }} />
          <section className="tw:grid tw:gap-2">
            <h3 className="section-title">{t('lines')}</h3>
            {can.change(status) ? <LinesForm lines={lines ?? quote.lineItems.map(draftOf)} currency={quote.currency} faults={faults} onChange={(change) => { begin(); setLines((now) => change(now ?? quote.lineItems.map(draftOf))); }} /> : <LinesTable lines={quote.lineItems} label={t('lines')} />}
            <Totals stale={lines !== undefined} sums={[['once', quote.oneOffAmount], ['monthly', quote.monthlyRecurring], ['yearly', quote.yearlyRecurring], ['net', quote.netTotal], ['tax', quote.taxTotal], ['total', quote.total]]} />
          </section>
        </div>
        {save.isError && !placed ? <p className="fault" role="alert">{problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.errors[0]?.message ?? save.error.message)}</p> : null}
        <QuoteActions quote={quote} dirty={dirty} saving={save.isPending} onSave={() => save.mutateAsync()} onLink={setLink} onOpen={onOpen} onClose={onClose} />
      </form>
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FilePlus2, FileText, ListPlus, Pencil } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { call, type Resource, type Row } from '../api/api';
import { useMay } from '../api/me';
import { may } from '../api/rights';
import { saidOf, toldOf } from '../api/told';
import { isOpen } from '../board/board';
import { formatDate } from '../fields/date';
import { formatMoney, type Money } from '../fields/money';
import { useLanguage } from '../i18n/useLanguage';
import { useSearch } from '../routing/useSearch';
import { useNotice } from '../ui/Notice';
import { Pill } from '../ui/Pill';
import type { LineItem } from './lines';
import { LinesTable } from './LinesTable';
import { createQuote, pillOf, quotesQuery, requoted, statusOf, type Quote } from './quotes';
import { Totals } from './Totals';

// Who only looks writes nothing.
const LinesDialog = dynamic(() => import('./LinesDialog').then((file) => file.LinesDialog));
const QuoteDialog = dynamic(() => import('./QuoteDialog').then((file) => file.QuoteDialog));

/** What a deal is about: its line items, and the quotes that were made of them. */
export function DealOffer({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const writes = may(resource, 'update') && resource.fields.find((field) => field.path === 'line_items')?.access === 'full';
  return <>{resource.fields.some((field) => field.path === 'line_items' && field.access !== 'hidden') ? <Lines row={row} writes={writes} /> : null}<Quotes row={row} /></>;
}

function Lines({ row, writes }: { readonly row: Row; readonly writes: boolean }) {
  const [t, [editing, setEditing]] = [useTranslations('quotes'), useState(false)];
  const lines = (row['lineItems'] ?? []) as readonly LineItem[];
  const sum = (key: string) => row[key] as Money | undefined;
  return (
    <section className="related offer">
      <h2>{t('lines')}<span className="grow" />{writes ? <button type="button" className="button ghost" onClick={() => setEditing(true)}>{lines.length === 0 ? <ListPlus size={14} aria-hidden /> : <Pencil size={13} aria-hidden />}{lines.length === 0 ? t('addLines') : t('changeLines')}</button> : null}</h2>
      {lines.length === 0 ? <p className="dim">{t('noLines')}</p> : (
        <><LinesTable lines={lines} label={t('lines')} /><Totals sums={[['once', sum('oneOffAmount')], ['monthly', sum('monthlyRecurring')], ['yearly', sum('yearlyRecurring')], ['total', sum('amount')]]} /></>
      )}
      {editing ? <LinesDialog row={row} lines={lines} onClose={() => setEditing(false)} /> : null}
    </section>
  );
}

function Quotes({ row }: { readonly row: Row }) {
  const [t, writes, [language], timeZone] = [useTranslations('quotes'), useMay('deals.write'), useLanguage(), useTimeZone()];
  const [[search, change], client, tell] = [useSearch(), useQueryClient(), useNotice()];
  const quotes = useQuery(quotesQuery(call, row.id));
  const create = useMutation({
    mutationFn: () => createQuote(row.id, language, timeZone ?? 'UTC'),
    onSuccess: async (quote) => {
      await requoted(client, row.id);
      change({ quote: quote.id });
    },
    onError: (fault) => tell({ text: saidOf(fault), bad: true }),
  });
  const open = quotes.data?.find((quote) => quote.id === search.get('quote'));
  return (
    <section className="related offer">
      <h2>{t('quotes')}<span className="grow" />{writes && isOpen(row) ? <button type="button" className="button ghost" disabled={create.isPending} onClick={() => create.mutate()}><FilePlus2 size={14} aria-hidden />{t('newQuote')}</button> : null}</h2>
      {quotes.isError ? <p className="fault" role="alert">{toldOf(quotes.error)?.message ?? quotes.error.message}</p>
        : quotes.data === undefined ? <p className="dim" aria-hidden>…</p>
        : quotes.data.length === 0 ? <p className="dim">{t('noQuotes')}</p>
        : <ul>{quotes.data.map((quote) => <QuoteLine key={quote.id} quote={quote} onOpen={() => change({ quote: quote.id })} />)}</ul>}
      {open === undefined ? null : <QuoteDialog key={open.id} quote={open} onOpen={(id) => change({ quote: id })} onClose={() => change({ quote: '' })} />}
    </section>
  );
}

function QuoteLine({ quote, onOpen }: { readonly quote: Quote; readonly onOpen: () => void }) {
  const [t, locale] = [useTranslations('quotes'), useLocale()];
  const status = statusOf(quote);
  return (
    <li>
      <button type="button" className="related-row quote-row" onClick={onOpen}>
        <FileText size={15} aria-hidden />
        <span className="who"><span className="truncate">{quote.number || t('draft')}{quote.revision > 1 ? ` · ${t('revision', { number: quote.revision })}` : ''}</span><small className="truncate">{quote.name}</small></span>
        <span className="grow" />
        <span className="dim quote-until">{status === 'DRAFT' || status === 'SENT' ? t('until', { day: formatDate(quote.expireDate, locale) }) : ''}</span>
        <b className="tabular">{quote.total === undefined ? '' : formatMoney(quote.total, locale)}</b>
        <Pill option={pillOf(status, t(`statuses.${status}`))} />
      </button>
    </li>
  );
}

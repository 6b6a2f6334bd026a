import { useLocale } from 'next-intl';
import { useState } from 'react';
import type { Row } from '../api/api';
import { useCompany } from '../api/company';
import { numberFormat } from './formats';
import type { CellProps, EditorProps } from './kind';
import { common } from './text';

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** "1,234.50 €" as the language writes it; a currency that nobody knows stands beside the number. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  if (amount === '') return '';
  try {
    return numberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 }).format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`.trim();
  }
}

export function MoneyCell({ value }: CellProps) {
  const locale = useLocale();
  return <span className="tabular" suppressHydrationWarning>{isMoney(value) ? formatMoney(value, locale) : ''}</span>;
}

/** The currency in which a record counts: its own, else that of an amount which it has already. */
export function currencyOf(row: Row | undefined): string | undefined {
  const own = row?.['currency'];
  if (typeof own === 'string' && own !== '') return own;
  return Object.values(row ?? {}).find((value): value is Money => isMoney(value) && value.currency !== '')?.currency;
}

export function MoneyEditor(props: EditorProps) {
  const company = useCompany();
  const value = isMoney(props.value) ? props.value : undefined;
  // An amount that is cleared to write another one keeps the currency that stood beside it.
  const [chosen, setChosen] = useState(value?.currency);
  const [amount, currency] = [value?.amount ?? '', chosen ?? currencyOf(props.row) ?? company?.currency ?? ''];
  const change = (next: Money) => props.onChange(next.amount === '' ? null : next);
  return (
    <span className="money">
      <input {...common(props)} className="input tabular" inputMode="decimal" autoComplete="off" value={amount}
        onChange={(event) => change({ amount: event.target.value.trim().replace(',', '.'), currency })} />
      <input className="input" aria-label={`${props.field.label}: ISO 4217`} maxLength={3} autoComplete="off" value={currency}
        onChange={(event) => { setChosen(event.target.value.toUpperCase()); change({ amount, currency: event.target.value.toUpperCase() }); }} />
    </span>
  );
}

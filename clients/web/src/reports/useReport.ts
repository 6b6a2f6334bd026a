import { useLocale, useTimeZone } from 'next-intl';
import type { Money } from '../fields/money';
import { formatMoney } from '../fields/money';
import { useLanguage } from '../i18n/useLanguage';
import { useSearch } from '../routing/useSearch';
import { wantedOf } from './reports';

/** How numbers of reports are written in a language. */
export function writtenIn(locale: string) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const amount = (value: number, currency: string | undefined) => (currency === undefined ? whole.format(value) : new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(value));
  return {
    count: (value: number | undefined) => whole.format(value ?? 0),
    short: (value: number) => short.format(value),
    share: (value: number | undefined) => (value === undefined ? '—' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value)),
    days: (value: number | undefined) => (value === undefined ? '—' : new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)),
    money: (value: Money | undefined) => (value === undefined ? '—' : formatMoney(value, locale)),
    amount,
    /** What is read at one look needs no cents. */
    about: (value: Money) => amount(Number(value.amount), value.currency),
    month: (month: string) => new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)),
  };
}

export type Written = ReturnType<typeof writtenIn>;

/** What the address asks for, and how numbers are written here. */
export function useReport() {
  const [search, change] = useSearch();
  const [[language], timeZone, locale] = [useLanguage(), useTimeZone() ?? 'UTC', useLocale()];
  return {
    search, change, written: writtenIn(locale), wanted: wantedOf(search, { language, timeZone }),
    asTable: search.get('as') === 'table', setAsTable: (asTable: boolean) => change({ as: asTable ? 'table' : '' }),
  };
}

import { numberFormat } from '../fields/formats';

/** How figures are written in a language: whole where there is room, else short. */
export function figuresIn(locale: string) {
  const money = (currency: string | undefined): Intl.NumberFormatOptions => (currency === undefined ? {} : { style: 'currency', currency });
  const whole = (value: number, currency?: string) => numberFormat(locale, { ...money(currency), minimumFractionDigits: 0, maximumFractionDigits: Number.isInteger(value) ? 0 : 2 }).format(value);
  return {
    whole,
    short: (value: number, currency?: string) => (Math.abs(value) < 100_000 ? whole(Math.abs(value) < 1_000 ? value : Math.round(value), currency)
      : numberFormat(locale, { ...money(currency), notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(value)),
  };
}

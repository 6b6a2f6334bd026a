import { useLocale, useTranslations } from 'next-intl';
import { formatMoney, type Money } from '../fields/money';

interface Props {
  readonly sums: readonly (readonly [key: 'net' | 'tax' | 'total' | 'once' | 'monthly' | 'yearly' | 'due', value: Money | undefined])[];
  /** Of what was saved last, while something else is being written. */
  readonly stale?: boolean;
}

/** What it comes to, as the platform has computed it. */
export function Totals({ sums, stale = false }: Props) {
  const [t, locale] = [useTranslations('quotes'), useLocale()];
  return (
    <dl className="totals" data-stale={stale}>
      {sums.map(([key, value]) => (value === undefined || ((key === 'monthly' || key === 'yearly' || key === 'once') && Number(value.amount) === 0) ? null : (
        <div key={key} data-sum={key}><dt>{t(`sums.${key}`)}</dt><dd className="tabular">{formatMoney(value, locale)}</dd></div>
      )))}
      {stale ? <p className="dim">{t('staleTotals')}</p> : null}
    </dl>
  );
}

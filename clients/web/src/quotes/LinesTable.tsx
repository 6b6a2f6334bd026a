import { useLocale, useTranslations } from 'next-intl';
import { formatMoney, type Money } from '../fields/money';
import { formatNumber } from '../fields/number';
import type { LineItem } from './lines';

type Shown = Pick<LineItem, 'id' | 'description' | 'productCode' | 'quantity' | 'unitPrice' | 'discountPercent' | 'taxRate' | 'total'> & Partial<Pick<LineItem, 'discountAmount' | 'recurrence' | 'term'>>;

/** Line items as they are, each with what the platform has made of it. */
export function LinesTable({ lines, label }: { readonly lines: readonly Shown[]; readonly label: string }) {
  const [t, locale] = [useTranslations('quotes'), useLocale()];
  const money = (value: Money | undefined) => (value === undefined ? '' : formatMoney(value, locale));
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="grid lines-table">
        <thead><tr><th scope="col">{t('description')}</th><th scope="col" className="end">{t('quantity')}</th><th scope="col" className="end less">{t('price')}</th><th scope="col" className="end less">{t('discount')}</th><th scope="col" className="end less">{t('tax')}</th><th scope="col" className="end">{t('amount')}</th></tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row" className="wrap"><span className="who"><span>{line.description || line.productCode}</span><Again line={line} /></span></th>
              <td className="end tabular">{formatNumber(line.quantity, locale)}</td>
              <td className="end tabular less">{money(line.unitPrice)}</td>
              <td className="end tabular less">{line.discountAmount !== undefined ? money(line.discountAmount) : Number(line.discountPercent) > 0 ? `${formatNumber(line.discountPercent, locale)} %` : '—'}</td>
              <td className="end tabular less">{formatNumber(line.taxRate, locale)} %</td>
              <td className="end tabular"><b>{money(line.total)}</b></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Again({ line: { recurrence, term = 0, productCode, description } }: { readonly line: Shown }) {
  const t = useTranslations('quotes');
  const again = recurrence === 'RECURRENCE_MONTHLY' ? t('months', { count: term }) : recurrence === 'RECURRENCE_YEARLY' ? t('years', { count: term }) : '';
  const code = description === '' ? '' : productCode;
  return code === '' && again === '' ? null : <small>{code === '' ? null : <code>{code}</code>}{code !== '' && again !== '' ? ' · ' : ''}{again}</small>;
}

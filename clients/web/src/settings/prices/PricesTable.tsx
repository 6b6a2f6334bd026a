import { useLocale, useTranslations } from 'next-intl';
import { formatDate } from '../../fields/date';
import { formatMoney } from '../../fields/money';
import { useNameOf } from '../../fields/names';
import { formatNumber } from '../../fields/number';
import { productsPath, type Price } from '../../products/products';
import { Link } from '../../routing/Link';
import { recordPath } from '../../routing/places';

interface Props {
  readonly prices: readonly Price[];
  readonly label: string;
  readonly onOpen: (price: Price) => void;
}

/** What is in a list: each price with the product that it is of, and when it applies. */
export function PricesTable({ prices, label, onOpen }: Props) {
  const t = useTranslations('prices');
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="grid">
        <thead><tr><th scope="col">{t('product')}</th><th scope="col" className="end">{t('price')}</th><th scope="col" className="end">{t('minQuantity')}</th><th scope="col">{t('from')}</th><th scope="col">{t('to')}</th><th scope="col"><span className="unseen">{t('change')}</span></th></tr></thead>
        <tbody>{prices.map((price) => <Line key={price.id} price={price} onOpen={onOpen} />)}</tbody>
      </table>
    </div>
  );
}

function Line({ price, onOpen }: { readonly price: Price; readonly onOpen: (price: Price) => void }) {
  const [t, locale, name] = [useTranslations('prices'), useLocale(), useNameOf(productsPath, price.productId) ?? '…'];
  return (
    <tr>
      <th scope="row" className="wrap"><Link className="quiet" href={recordPath('inventory.product', price.productId)}>{name}</Link></th>
      <td className="end tabular">{price.unitPrice === undefined ? '' : formatMoney(price.unitPrice, locale)}</td>
      <td className="end tabular">{price.minQuantity === '0' ? t('any') : formatNumber(price.minQuantity, locale)}</td>
      <td className="tabular">{formatDate(price.startDate, locale) || '—'}</td>
      <td className="tabular">{formatDate(price.endDate, locale) || '—'}</td>
      <td className="end"><button type="button" className="button ghost" aria-label={`${t('change')}: ${name}`} onClick={() => onOpen(price)}>{t('change')}</button></td>
    </tr>
  );
}

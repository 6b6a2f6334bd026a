import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { formatMoney } from '../fields/money';
import { priceQuery } from '../products/products';

interface Props {
  readonly product: string;
  readonly currency: string;
  readonly quantity: string;
  /** What the line says by now. */
  readonly price: string;
  readonly onTake: (price: string) => void;
}

/** What the product costs today for this quantity, where the line says otherwise: whoever writes it takes that, or does not. */
export function ListPrice({ product, currency, quantity, price, onTake }: Props) {
  const [t, locale] = [useTranslations('quotes'), useLocale()];
  const { data } = useQuery(priceQuery(product, currency, quantity));
  if (data === undefined || (data !== null && Number(data) === Number(price) && price !== '')) return null;
  if (data === null) return <small>{t('noListPrice')}</small>;
  return <button type="button" className="button ghost list-price" onClick={() => onTake(data)}>{t('takeListPrice', { price: formatMoney({ amount: data, currency }, locale) })}</button>;
}

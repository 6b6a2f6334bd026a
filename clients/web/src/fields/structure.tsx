import { useLocale, useTranslations } from 'next-intl';
import { formatMoney, isMoney } from './money';
import type { CellProps } from './kind';

/** What has parts, such as an address: the parts that there are, one after the other. */
export function StructureCell({ value }: CellProps) {
  const [t, locale] = [useTranslations('fields'), useLocale()];
  if (Array.isArray(value)) return <span className="truncate">{value.length === 0 ? '' : t('entries', { count: value.length })}</span>;
  if (isMoney(value)) return <span className="tabular">{formatMoney(value, locale)}</span>;
  if (typeof value === 'object' && value !== null)
    return <span className="truncate">{Object.values(value).filter((part) => typeof part === 'string' && part !== '').join(', ')}</span>;
  return <span className="truncate">{value === undefined || value === null ? '' : String(value)}</span>;
}

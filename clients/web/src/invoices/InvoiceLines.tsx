import { useTranslations } from 'next-intl';
import type { components } from '@platform/api';
import type { Row } from '../api/api';
import type { Money } from '../fields/money';
import { LinesTable } from '../quotes/LinesTable';
import { Totals } from '../quotes/Totals';

type InvoiceLine = components['schemas']['finance.InvoiceLine'];

/** What an invoice is about, and what that comes to: as much of it as the caller sees. */
export function InvoiceLines({ row }: { readonly row: Row }) {
  const t = useTranslations('quotes');
  const lines = ((row['lines'] ?? []) as readonly InvoiceLine[]).map(({ position, net, ...line }) => ({ ...line, id: `${position}`, ...(net === undefined ? {} : { total: net }) }));
  const sum = (key: string) => row[key] as Money | undefined;
  return (
    <section className="related offer">
      <h2>{t('lines')}</h2>
      {lines.length === 0 ? null : <LinesTable lines={lines} label={t('lines')} />}
      <Totals sums={[['net', sum('netTotal')], ['tax', sum('taxTotal')], ['total', sum('total')], ['due', sum('amountDue')]]} />
    </section>
  );
}

import { useTranslations } from 'next-intl';
import type { components } from '@platform/api';
import type { Row } from '../api/api';
import { useResources } from '../api/metadata';
import type { Money } from '../fields/money';
import { useNameOf } from '../fields/names';
import { LinesTable } from '../quotes/LinesTable';
import { Totals } from '../quotes/Totals';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';

type InvoiceLine = components['schemas']['finance.InvoiceLine'];

/** What an invoice is about, and what that comes to: as much of it as the caller sees. */
export function InvoiceLines({ row }: { readonly row: Row }) {
  const t = useTranslations('quotes');
  const lines = ((row['lines'] ?? []) as readonly InvoiceLine[]).map(({ position, net, ...line }) => ({ ...line, id: `${position}`, ...(net === undefined ? {} : { total: net }) }));
  const sum = (key: string) => row[key] as Money | undefined;
  const deals = useResources().find((resource) => resource.resource === 'deals.deal');
  return (
    <>
      <section className="related offer">
        <h2>{t('lines')}</h2>
        {lines.length === 0 ? null : <LinesTable lines={lines} label={t('lines')} />}
        <Totals sums={[['net', sum('netTotal')], ['tax', sum('taxTotal')], ['total', sum('total')], ['due', sum('amountDue')]]} />
      </section>
      {deals === undefined || row['sourceType'] !== 'deal' || typeof row['sourceId'] !== 'string' ? null : <Origin title={deals.label} path={deals.restPath} id={row['sourceId']} />}
    </>
  );
}

/** The deal that was won. */
function Origin({ title, path, id }: { readonly title: string; readonly path: string; readonly id: string }) {
  const name = useNameOf(path, id);
  return (
    <section className="related">
      <h2>{title}</h2>
      <ul><li><Link className="related-row" href={recordPath('deals.deal', id)}><Avatar name={name ?? ''} /><span className="truncate">{name ?? '…'}</span></Link></li></ul>
    </section>
  );
}

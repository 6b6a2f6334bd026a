import { useTranslations } from 'next-intl';
import { Link } from '../routing/Link';
import { narrowedPath, recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import type { Page } from './queries';
import type { Incoming } from './related';
import { nameOf } from './values';

/** The records that lead to this one, the newest of them; the list has the rest. */
export function Related({ relation, found }: { readonly relation: Incoming; readonly found: Page | undefined }) {
  const t = useTranslations('records');
  const { filter } = relation;
  const rows = found?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="related">
      <h2>{relation.title} <small>{relation.note}</small></h2>
      <ul>{rows.map((row) => <li key={row.id}><Link className="related-row" href={recordPath(relation.resource, row.id)}><Avatar name={nameOf(row)} /><span className="truncate">{nameOf(row)}</span></Link></li>)}</ul>
      {found?.next ? <Link className="quiet" href={narrowedPath(relation.resource, filter)}>{t('showAll')}</Link> : null}
    </section>
  );
}

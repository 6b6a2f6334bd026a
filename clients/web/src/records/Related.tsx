import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { Relation } from '../api/api';
import { Link } from '../routing/Link';
import { listPath, recordPath } from '../routing/router';
import { Avatar } from '../ui/Avatar';
import { listRows } from './records';
import { nameOf } from './values';

const shown = 5;

/** The records that lead to this one, the newest of them; the list has the rest. */
export function Related({ relation, id }: { readonly relation: Relation; readonly id: string }) {
  const t = useTranslations('records');
  const filter = relation.filter.replace('{id}', id);
  const found = useQuery({
    queryKey: ['rows', relation.resource, 'related', filter],
    queryFn: () => listRows(relation.restPath, { pageSize: shown, filter }),
    retry: false,
  });
  const rows = found.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="related">
      <h2>{relation.resourceLabel} <small>{relation.label}</small></h2>
      <ul>{rows.map((row) => <li key={row.id}><Link className="related-row" href={recordPath(relation.resource, row.id)}><Avatar name={nameOf(row)} /><span className="truncate">{nameOf(row)}</span></Link></li>)}</ul>
      {found.data?.next ? <Link className="quiet" href={`${listPath(relation.resource)}?filter=${encodeURIComponent(filter)}`}>{t('showAll')}</Link> : null}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Relation, Resource } from '../api/api';
import { may } from '../api/rights';
import { Link } from '../routing/Link';
import { narrowedPath, recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { listRows } from './records';
import { nameOf } from './values';

const shown = 5;

export interface Incoming {
  readonly resource: string;
  readonly restPath: string;
  readonly title: string;
  readonly note: string;
  readonly filter: string;
}

// Fields of the platform's own that lead from one resource to another, which descriptors do not tell of.
const builtIn: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'contacts.company': [['contacts.person', 'company_id'], ['deals.deal', 'company_id'], ['finance.invoice', 'company_id']],
  'contacts.person': [['deals.deal', 'person_id']],
};

/** By which fields other records lead to one of this resource. */
export function incomingOf(resource: Resource, resources: readonly Resource[], id: string): Incoming[] {
  const told = resource.relations.filter((relation: Relation) => relation.incoming)
    .map(({ resource: name, restPath, resourceLabel, label, filter }) => ({ resource: name, restPath, title: resourceLabel, note: label, filter: filter.replace('{id}', id) }));
  const own = (builtIn[resource.resource] ?? []).flatMap(([name, path]) => {
    const other = resources.find((entry) => entry.resource === name);
    return other === undefined || !may(other, 'read') ? [] : [{ resource: name, restPath: other.restPath, title: other.pluralLabel, note: '', filter: `${path} = "${id}"` }];
  });
  return [...own, ...told];
}

/** The records that lead to this one, the newest of them; the list has the rest. */
export function Related({ relation }: { readonly relation: Incoming }) {
  const t = useTranslations('records');
  const { filter } = relation;
  const found = useQuery({
    queryKey: ['rows', relation.resource, 'related', filter],
    queryFn: ({ signal }) => listRows(relation.restPath, { pageSize: shown, filter }, signal),
    retry: false,
  });
  const rows = found.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="related">
      <h2>{relation.title} <small>{relation.note}</small></h2>
      <ul>{rows.map((row) => <li key={row.id}><Link className="related-row" href={recordPath(relation.resource, row.id)}><Avatar name={nameOf(row)} /><span className="truncate">{nameOf(row)}</span></Link></li>)}</ul>
      {found.data?.next ? <Link className="quiet" href={narrowedPath(relation.resource, filter)}>{t('showAll')}</Link> : null}
    </section>
  );
}

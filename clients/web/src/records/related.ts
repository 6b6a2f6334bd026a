import { queryOptions } from '@tanstack/react-query';
import type { Call, Relation, Resource } from '../api/api';
import { may } from '../api/rights';
import { pageOf } from './queries';

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
  'contacts.company': [['contacts.person', 'company_id'], ['deals.deal', 'company_id'], ['finance.invoice', 'buyer_company_id']],
  'contacts.person': [['deals.deal', 'person_id'], ['finance.invoice', 'buyer_person_id']],
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

/** The newest of the records that lead to another one. */
export const relatedQuery = (call: Call, { resource, restPath, filter }: Incoming) =>
  queryOptions({
    queryKey: ['rows', resource, 'related', filter],
    queryFn: async ({ signal }) => pageOf(await call<Record<string, unknown>>('GET', restPath, { query: { pageSize: shown, filter }, signal })),
    retry: false,
  });

/** How many from the first on have been answered, or refused: what comes below one that was not would be moved by it. */
export function settledBefore(asked: readonly { readonly isFetched: boolean }[]): number {
  const open = asked.findIndex(({ isFetched }) => !isFetched);
  return open < 0 ? asked.length : open;
}

import type { Field, Resource, SavedView } from '../api/api';
import { all, searchFilter, startAmong } from './filters';
import { groupOf, orderWithin } from './groups';

/** The view with which the list opens, or the one that was chosen. */
export function viewOf(resource: Resource, chosen: string | null): SavedView | undefined {
  if (chosen === 'all') return undefined;
  return resource.views.find((view) => view.id === (chosen ?? resource.defaultViewId) || view.key === chosen);
}

/** What a list asks for, as its address tells it: a view, an order, groups, words, a filter. */
export interface Asked {
  readonly view: SavedView | undefined;
  readonly filter: string;
  /** Where the address's own filter begins in it. */
  readonly filterAt: number;
  readonly orderBy: string;
  /** By what its table is grouped. */
  readonly group: Field | undefined;
  /** In which order a table asks for its records: group after group. */
  readonly order: string;
}

export function askedOf(resource: Resource, search: URLSearchParams): Asked {
  const view = viewOf(resource, search.get('view'));
  const [narrowed, own, words] = [view?.filter ?? '', search.get('filter') ?? '', searchFilter(resource, search.get('q') ?? '')];
  const [orderBy, group] = [search.get('sort') ?? view?.orderBy ?? '', groupOf(resource, search, view)];
  return {
    view,
    filter: all(narrowed, own, words),
    filterAt: startAmong([narrowed], [words]),
    orderBy,
    group,
    order: orderWithin(resource, group, orderBy),
  };
}

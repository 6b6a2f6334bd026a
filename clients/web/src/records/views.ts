import type { Resource, SavedView } from '../api/api';
import { all, searchFilter, startAmong } from './filters';

/** The view with which the list opens, or the one that was chosen. */
export function viewOf(resource: Resource, chosen: string | null): SavedView | undefined {
  if (chosen === 'all') return undefined;
  return resource.views.find((view) => view.id === (chosen ?? resource.defaultViewId) || view.key === chosen);
}

/** What a list asks for, as its address tells it: a view, an order, words, a filter. */
export interface Asked {
  readonly view: SavedView | undefined;
  readonly filter: string;
  /** Where the address's own filter begins in it. */
  readonly filterAt: number;
  readonly orderBy: string;
}

export function askedOf(resource: Resource, search: URLSearchParams): Asked {
  const view = viewOf(resource, search.get('view'));
  const [narrowed, own, words] = [view?.filter ?? '', search.get('filter') ?? '', searchFilter(resource, search.get('q') ?? '')];
  return {
    view,
    filter: all(narrowed, own, words),
    filterAt: startAmong([narrowed], [words]),
    orderBy: search.get('sort') ?? view?.orderBy ?? '',
  };
}

import type { Resource, SavedView } from '../api/api';
import { all, searchFilter } from './filters';

/** The view with which the list opens, or the one that was chosen. */
export function viewOf(resource: Resource, chosen: string | null): SavedView | undefined {
  if (chosen === 'all') return undefined;
  return resource.views.find((view) => view.id === (chosen ?? resource.defaultViewId) || view.key === chosen);
}

/** What a list asks for, as its address tells it: a view, an order, words, a filter. */
export interface Asked {
  readonly view: SavedView | undefined;
  readonly filter: string;
  readonly orderBy: string;
}

export function askedOf(resource: Resource, search: URLSearchParams): Asked {
  const view = viewOf(resource, search.get('view'));
  return {
    view,
    filter: all(view?.filter ?? '', search.get('filter') ?? '', searchFilter(resource, search.get('q') ?? '')),
    orderBy: search.get('sort') ?? view?.orderBy ?? '',
  };
}

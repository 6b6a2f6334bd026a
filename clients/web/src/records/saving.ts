import type { Resource, SavedView } from '../api/api';
import { isCalendarView } from '../calendar/calendar';
import { all, searchFilter } from './filters';
import { nameColumn, readSettings } from './layout';
import type { Asked } from './views';

export type Visibility = 'VISIBILITY_PRIVATE' | 'VISIBILITY_COMPANY';

/** Whether the list is narrowed or ordered in a way that its view does not have. */
export const differs = (search: URLSearchParams): boolean => ['filter', 'q', 'sort', 'cols', 'by'].some((key) => (search.get(key) ?? '') !== '');

/** What a view keeps of the list as it is looked at now; of words that were searched, the filter that finds them. */
export function viewBody(resource: Resource, { view, orderBy }: Asked, search: URLSearchParams, label: string, visibility: Visibility): Record<string, unknown> {
  const chosen = readSettings(search.get('cols') ?? '').filter(({ path }) => path !== nameColumn);
  const filter = all(view?.filter ?? '', search.get('filter') ?? '', searchFilter(resource, search.get('q') ?? ''));
  return { resource: resource.resource, label, visibility, ...kindOf(view, search), filter, orderBy, columns: chosen.length > 0 ? chosen : (view?.columns ?? []) };
}

/** Whether the view is the caller's alone, so that nobody else misses it. */
export const isMine = (view: SavedView, me: string): boolean => view.visibility === 'VISIBILITY_PRIVATE' && view.ownerId === me;

// What is looked at by days is kept so; what a view has been, it stays.
function kindOf(view: SavedView | undefined, search: URLSearchParams): Record<string, unknown> {
  const as = search.get('as') ?? (isCalendarView(view) ? 'calendar' : '');
  const calendarField = search.get('by') ?? view?.calendarField ?? '';
  return as === 'calendar' && calendarField !== '' ? { kind: 'SAVED_VIEW_KIND_CALENDAR', calendarField } : { kind: 'SAVED_VIEW_KIND_TABLE' };
}

import type { Resource, SavedView } from '../api/api';
import { dayFieldsOf, isCalendarView } from '../calendar/calendar';
import { all, searchFilter } from './filters';
import { groupOf } from './groups';
import { nameColumn, readSettings } from './layout';
import type { Asked } from './views';

export type Visibility = 'VISIBILITY_PRIVATE' | 'VISIBILITY_COMPANY';

/** Whether the list is narrowed, ordered or shown in a way that its view does not have; `columns` as the address or this browser has them. */
export const differs = (view: SavedView | undefined, search: URLSearchParams, columns: string): boolean =>
  columns !== '' || ['filter', 'q', 'sort', 'by', 'group'].some((key) => (search.get(key) ?? '') !== '') || isByDays(view, search) !== isCalendarView(view);

/** What a view keeps of the list as it is looked at now; of words that were searched, the filter that finds them. */
export function viewBody(resource: Resource, { view, orderBy }: Asked, search: URLSearchParams, columns: string, label: string, visibility: Visibility): Record<string, unknown> {
  const chosen = readSettings(columns).filter(({ path }) => path !== nameColumn);
  const filter = all(view?.filter ?? '', search.get('filter') ?? '', searchFilter(resource, search.get('q') ?? ''));
  return { resource: resource.resource, label, visibility, ...kindOf(resource, view, search), groupField: groupOf(resource, search, view)?.path ?? '', filter, orderBy, columns: chosen.length > 0 ? chosen : (view?.columns ?? []) };
}

/** Whether the view is the caller's alone, so that nobody else misses it. */
export const isMine = (view: SavedView, me: string): boolean => view.visibility === 'VISIBILITY_PRIVATE' && view.ownerId === me;

// What is looked at by days is kept so; what a view has been, it stays.
function kindOf(resource: Resource, view: SavedView | undefined, search: URLSearchParams): Record<string, unknown> {
  const [fields, by] = [dayFieldsOf(resource).map(({ path }) => path), search.get('by') ?? view?.calendarField ?? ''];
  const calendarField = fields.includes(by) ? by : fields[0];
  return isByDays(view, search) && calendarField !== undefined ? { kind: 'SAVED_VIEW_KIND_CALENDAR', calendarField } : { kind: 'SAVED_VIEW_KIND_TABLE' };
}

const isByDays = (view: SavedView | undefined, search: URLSearchParams): boolean => (search.get('as') ?? (isCalendarView(view) ? 'calendar' : '')) === 'calendar';

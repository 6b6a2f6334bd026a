import type { Field, Resource, SavedView } from '../api/api';
import { kindOf } from '../fields/registry';
import { isPartOfName, seen } from './values';

export interface Column {
  readonly field: Field;
  readonly width: number;
}

const most = 6;
const noise = new Set(['id', 'etag', 'update_time', 'custom_fields', 'language']);
const shapes = new Set(['message', 'list', 'long_text', 'id']);

/** The view with which the list opens, or the one that was chosen. */
export function viewOf(resource: Resource, chosen: string | null): SavedView | undefined {
  if (chosen === 'all') return undefined;
  return resource.views.find((view) => view.id === (chosen ?? resource.defaultViewId) || view.key === chosen);
}

/** The columns of a list: those of the view, else of the list's layout, else what says most. */
export function columnsOf(resource: Resource, view: SavedView | undefined): Column[] {
  const fields = new Map(seen(resource).map((field) => [field.path, field]));
  const listed = view?.columns.length ? view.columns : laidOut(resource);
  const wanted = listed ?? chosenBySense([...fields.values()]).map((field) => ({ path: field.path, width: 0 }));
  return wanted.flatMap(({ path, width }) => {
    const field = fields.get(path);
    return field === undefined || isPartOfName(field) ? [] : [{ field, width: width || kindOf(field).width }];
  });
}

function laidOut(resource: Resource): { path: string; width: number }[] | undefined {
  const layout = resource.layouts.find((entry) => entry.kind === 'LAYOUT_KIND_LIST' && entry.condition === '' && !entry.generated);
  return layout?.sections.flatMap((section) => section.fields);
}

function chosenBySense(fields: readonly Field[]): Field[] {
  const plain = fields.filter((field) => !noise.has(field.path) && !shapes.has(field.type) && !isPartOfName(field));
  const created = plain.filter((field) => field.path === 'create_time');
  return [...plain.filter((field) => field.path !== 'create_time').slice(0, most - created.length), ...created];
}

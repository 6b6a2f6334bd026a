import type { Field, Resource, SavedView } from '../api/api';
import { kindOf } from '../fields/registry';
import { shownFor } from '../layouts/layouts';
import { isPartOfName, seen } from './values';

export interface Column {
  readonly field: Field;
  readonly width: number;
  /** Somebody said how wide: it is that, and takes no more where there is room. */
  readonly sized: boolean;
  /** It stays in sight while the others are moved past it. */
  readonly pinned: boolean;
}

const most = 6;
const noise = new Set(['id', 'etag', 'update_time', 'custom_fields', 'language', 'currency']);
// What the platform notes for itself.
const noted = /^(source|flag|lost|credit|converted)_|^(net|tax)_total$/;
const shapes = new Set(['message', 'list', 'long_text', 'id']);

/** The columns of a list: those of the view, else of the list's layout, else what says most. */
export function columnsOf(resource: Resource, view: SavedView | undefined): Column[] {
  const fields = new Map(seen(resource).map((field) => [field.path, field]));
  const listed = view?.columns.length ? view.columns : laidOut(resource);
  const wanted = listed ?? chosenBySense([...fields.values()]).map((field) => ({ path: field.path, width: 0 }));
  return wanted.flatMap(({ path, width, pinned }: Wanted) => {
    const field = fields.get(path);
    return field === undefined || isPartOfName(field) ? [] : [{ field, width: width || kindOf(field).width, sized: false, pinned: pinned ?? false }];
  });
}

interface Wanted {
  readonly path: string;
  readonly width: number;
  readonly pinned?: boolean | undefined;
}

/** All that could be columns, in the order of the resource: what somebody may choose from. */
export const columnsAmong = (resource: Resource): Column[] =>
  seen(resource).filter((field) => !isPartOfName(field) && field.path !== 'id' && field.path !== 'custom_fields').map((field) => ({ field, width: kindOf(field).width, sized: false, pinned: false }));

function laidOut(resource: Resource): { path: string; width: number }[] | undefined {
  const layout = shownFor(resource, 'LAYOUT_KIND_LIST');
  return layout === undefined || layout.generated ? undefined : layout.sections.flatMap((section) => section.fields);
}

// The lower, the sooner it gets a column: what a record is worth and how it stands, with whom it has to do, then the rest.
const weights: Readonly<Record<string, number>> = { money: 1, enum: 1, single_choice: 1, relation: 1, email: 1, date: 1 };
const first = new Set(['total', 'amount', 'amount_due', 'status', 'score']);
const weightOf = (field: Field): number => (first.has(field.path) ? 0 : noted.test(field.path) ? 3 : (weights[field.type] ?? 2));

function chosenBySense(fields: readonly Field[]): Field[] {
  const named = fields.some((field) => isPartOfName(field));
  const plain = fields.filter((field) => !noise.has(field.path) && !shapes.has(field.type) && !isPartOfName(field) && (named || field.path !== 'number'));
  const chosen = new Set(plain.toSorted((a, b) => weightOf(a) - weightOf(b)).slice(0, most));
  return plain.filter((field) => chosen.has(field));
}

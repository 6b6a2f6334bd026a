import type { Field, Resource, Row } from '../api/api';
import { kindOf } from '../fields/registry';
import { isEditable, isEmpty, seen, valueAt } from './values';

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly readOnly: ReadonlySet<string>;
}

const late = new Set(['id', 'create_time', 'update_time', 'delete_time', 'resource', 'purge_time']);

/** The fields in the order of the form's layout; without one, what people write first and what the platform notes last. */
export function sectionsOf(resource: Resource): Section[] {
  const fields = new Map(seen(resource).map((field) => [field.path, field]));
  const layout = resource.layouts.find((entry) => entry.kind === 'LAYOUT_KIND_FORM' && entry.condition === '');
  if (layout === undefined || layout.sections.length === 0) {
    const all = [...fields.values()].filter((field) => field.path !== 'custom_fields');
    const order = [...all.filter((field) => !late.has(field.path)), ...all.filter((field) => late.has(field.path))];
    return [{ title: '', fields: order, readOnly: new Set() }];
  }
  return layout.sections
    .map((section) => ({
      title: section.title,
      fields: section.fields.flatMap(({ path }) => fields.get(path) ?? []),
      readOnly: new Set(section.fields.filter((field) => field.readOnly).map((field) => field.path)),
    }))
    .filter((section) => section.fields.length > 0);
}

/** What a new record is asked for: what can be written, and what has to be first. */
export function asked(resource: Resource): Field[] {
  return sectionsOf(resource)
    .flatMap((section) => section.fields.filter((field) => !section.readOnly.has(field.path)))
    .filter((field) => isEditable(field) && kindOf(field).Editor !== undefined);
}

/** An empty field that nobody can fill in is no use to anybody. */
export const isWorthShowing = (field: Field, row: Row): boolean => (isEditable(field) && kindOf(field).Editor !== undefined) || !isEmpty(valueAt(row, field.jsonPath));

import type { Field, Layout, Resource, Row } from '../api/api';
import { kindOf } from '../fields/registry';
import { shownFor } from '../layouts/layouts';
import { isEditable, isEmpty, seen, valueAt } from './values';

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly readOnly: ReadonlySet<string>;
  /** Closed at first, where somebody wrote so. */
  readonly collapsed: boolean;
}

/** What stands beside the fields of a record, where it can be changed too. */
const beside: Readonly<Record<string, ReadonlySet<string>>> = { 'deals.deal': new Set(['line_items', 'competitors', 'team', 'contacts', 'splits']), 'finance.invoice': new Set(['lines', 'tax_subtotals', 'net_total', 'tax_total']), 'contacts.lead': new Set(['score']) };
export const isBeside = (resource: Resource, field: Field, row?: Row): boolean => beside[resource.resource]?.has(field.path) === true || (row !== undefined && isOrigin(resource, field, row));

/** Where an invoice comes from is a deal mostly, which has its own place. */
const isOrigin = (resource: Resource, { path }: Field, row: Row): boolean => resource.resource === 'finance.invoice' && (path === 'source_type' || path === 'source_id') && row['sourceType'] === 'deal';

const late = new Set(['id', 'create_time', 'update_time', 'delete_time', 'resource', 'purge_time']);

/** The fields in the order of the form's layout; without one, what people write first and what the platform notes last. */
export function sectionsOf(resource: Resource, layout: Layout | undefined = shownFor(resource, 'LAYOUT_KIND_FORM')): Section[] {
  const fields = new Map(seen(resource).map((field) => [field.path, field]));
  if (layout === undefined || layout.sections.length === 0) {
    const all = [...fields.values()].filter((field) => field.path !== 'custom_fields');
    const order = [...all.filter((field) => !late.has(field.path)), ...all.filter((field) => late.has(field.path))];
    return [{ title: '', fields: order, readOnly: new Set(), collapsed: false }];
  }
  return layout.sections
    .map((section) => ({
      title: section.title,
      fields: section.fields.flatMap(({ path }) => fields.get(path) ?? []),
      readOnly: new Set(section.fields.filter((field) => field.readOnly).map((field) => field.path)),
      collapsed: section.collapsed === true && !layout.generated,
    }))
    .filter((section) => section.fields.length > 0);
}

/** What a new record is asked for, section by section: what can be written there. */
export const askedSections = (resource: Resource, layout?: Layout): Section[] => sectionsOf(resource, layout)
  .map((section) => ({ ...section, fields: section.fields.filter((field) => !section.readOnly.has(field.path) && isEditable(field) && kindOf(field).Editor !== undefined) }))
  .filter((section) => section.fields.length > 0);

/** An empty field that nobody can fill in is no use to anybody. */
export const isWorthShowing = (field: Field, row: Row, changes: boolean): boolean => (changes && isEditable(field) && kindOf(field).Editor !== undefined) || !isEmpty(valueAt(row, field.jsonPath));

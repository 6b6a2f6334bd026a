import type { Field, Resource, Row } from '../api/api';

/** The value of a field in a record: "firstName", "customFields.size". */
export function valueAt(row: Row, jsonPath: string): unknown {
  let value: unknown = row;
  for (const part of jsonPath.split('.')) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value;
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'string' && value.endsWith('_UNSPECIFIED'));

/** The record with another value in one place; nothing else of it is touched. */
export function withValue(row: Row, jsonPath: string, value: unknown): Row {
  const set = (node: Readonly<Record<string, unknown>>, parts: readonly string[]): Record<string, unknown> => {
    const [first = '', ...rest] = parts;
    const inner = node[first];
    return { ...node, [first]: rest.length === 0 ? value : set((inner ?? {}) as Record<string, unknown>, rest) };
  };
  return set(row, jsonPath.split('.')) as Row;
}

/** What a PATCH of one field sends: its mask, and a body with the value and the etag that was read. */
export function patchOf(row: Row, field: Field, value: unknown): { mask: string; body: Record<string, unknown> } {
  const custom = field.jsonPath.startsWith('customFields.');
  // A custom field is removed by null; what is built in, by leaving it out while the mask names it.
  const sent = isEmpty(value) ? (custom ? null : undefined) : value;
  const body = withValue({ id: row.id }, field.jsonPath, sent) as Record<string, unknown>;
  return { mask: field.jsonPath, body: row.etag === undefined ? body : { ...body, etag: row.etag } };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What people call the record. */
export function nameOf(row: Row): string {
  const person = [text(row['firstName']), text(row['lastName'])].filter(Boolean).join(' ');
  for (const name of [text(row['name']), person, text(row['title']), text(row['subject']), text(row['companyName']), text(row['number']), text(row['email'])]) if (name !== '') return name;
  return row.id.slice(0, 8);
}

/** Whether the field is a part of the name, so that the first column shows it already. */
const parts = new Set(['name', 'first_name', 'last_name', 'subject']);
export const isPartOfName = (field: Field): boolean => parts.has(field.path);

/** Fields that this caller may see at all. */
export const seen = (resource: Resource): Field[] => resource.fields.filter((field) => field.access !== 'hidden' && field.path !== 'etag' && field.definition?.deprecated !== true);

export const isEditable = (field: Field): boolean => field.access === 'full' && !field.outputOnly && field.path !== 'id';

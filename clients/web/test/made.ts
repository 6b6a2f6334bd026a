import type { Field, Resource } from '../src/api/api';

/** A field as a descriptor has it. */
export const field = (path: string, type = 'text', more: Partial<Field> = {}): Field => ({
  path, type, label: path, jsonPath: path.replace('custom_fields.', 'customFields.').replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
  access: 'full', builtIn: true, outputOnly: false, filterable: true, sortable: true, enumValues: [], ...more,
});

export const resource = (fields: readonly Field[], more: Partial<Resource> = {}): Resource => ({
  resource: 'contacts.person', label: 'Person', pluralLabel: 'People', restPath: '/api/v1/contacts/people', fields: [...fields],
  actions: [], schemaVersion: 1, views: [], defaultViewId: '', layouts: [], relations: [], ...more,
});

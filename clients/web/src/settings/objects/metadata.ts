import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../../api/api';
import type { FieldDef, FieldDraft, Placement } from './fields';

type Schemas = components['schemas'];
export type ObjectType = Schemas['metadata.ObjectType'];
export type Dictionary = Schemas['metadata.Dictionary'];

const path = '/api/v1/metadata';

/** Everything that a list of the metadata has, page after page. */
async function everything<T>(name: string, list: string, query: Readonly<Record<string, string | boolean>>): Promise<T[]> {
  const found: T[] = [];
  let pageToken = '';
  do {
    const page: Readonly<Record<string, unknown>> = await call('GET', `${path}/${name}`, { query: { ...query, pageSize: 200, pageToken: pageToken || undefined } });
    found.push(...((page[list] ?? []) as T[]));
    pageToken = `${(page['nextPageToken'] as string | undefined) ?? ''}`;
  } while (pageToken !== '');
  return found;
}

export const objectsQuery = queryOptions({ queryKey: ['designer', 'objects'], queryFn: () => everything<ObjectType>('objects', 'objectTypes', { showDeleted: true }), retry: false });
/** The company's own fields of all resources, deleted ones that can be restored among them. */
export const fieldsQuery = queryOptions({ queryKey: ['designer', 'fields'], queryFn: () => everything<FieldDef>('fields', 'fields', { showDeleted: true }), retry: false });
export const dictionariesQuery = queryOptions({ queryKey: ['designer', 'dictionaries'], queryFn: () => everything<Dictionary>('dictionaries', 'dictionaries', {}), retry: false });

/** What is designed has changed: lists, forms and the menu are drawn by it anew, without a reload. */
export const redrawn = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => ['designer', 'resource', 'resources'].includes(`${queryKey[0] as string}`) });

export const createField = (field: FieldDraft) => call<FieldDef>('POST', `${path}/fields`, { body: field });
export const updateField = (id: string, etag: string, parts: readonly (keyof FieldDraft)[], field: FieldDraft) =>
  call<FieldDef>('PATCH', `${path}/fields/${id}`, { query: { updateMask: parts.join(',') }, body: { etag, ...Object.fromEntries(parts.map((part) => [part, field[part]])) } });
export const placeField = ({ id, section, position }: Placement) =>
  call<FieldDef>('PATCH', `${path}/fields/${id}`, { query: { updateMask: 'section,position' }, body: { section, position } });
export const deleteField = (id: string) => call<FieldDef>('DELETE', `${path}/fields/${id}`);
export const restoreField = (id: string) => call<FieldDef>('POST', `${path}/fields/${id}:undelete`, { body: {} });

/** A field as it would be; nothing is kept. @throws ApiProblem where something is wrong with it. */
export const lookAtField = (field: FieldDraft): Promise<FieldDef> =>
  field.id === undefined
    ? call('POST', `${path}/fields`, { query: { validateOnly: true }, body: field })
    : call('PATCH', `${path}/fields/${field.id}`, { query: { validateOnly: true, updateMask: 'formula' }, body: { formula: field.formula } });

export type ObjectDraft = Partial<ObjectType>;
export const createObject = (body: ObjectDraft) => call<ObjectType>('POST', `${path}/objects`, { body });
export const updateObject = ({ id, etag }: ObjectType, { label, labelTranslations, pluralLabel, pluralLabelTranslations, description, numberPattern, nameLabel, nameLabelTranslations }: ObjectDraft) =>
  call<ObjectType>('PATCH', `${path}/objects/${id}`, {
    query: { updateMask: 'label,labelTranslations,pluralLabel,pluralLabelTranslations,description,numberPattern,nameLabel,nameLabelTranslations' },
    body: { etag, label, labelTranslations, pluralLabel, pluralLabelTranslations, description, numberPattern, nameLabel, nameLabelTranslations },
  });
export const deleteObject = (id: string) => call<ObjectType>('DELETE', `${path}/objects/${id}`);
export const restoreObject = (id: string) => call<ObjectType>('POST', `${path}/objects/${id}:undelete`, { body: {} });

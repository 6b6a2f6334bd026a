import { queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../../api/api';
import type { FieldDef, FieldDraft, TypeName } from '../objects/fields';
import { nameOfType, typeOfName } from '../objects/fields';
import type { ObjectType } from '../objects/metadata';

/** Which fields of an object make the pages of the knowledge base. */
export type Publication = components['schemas']['metadata.Publication'];
export type Part = keyof Publication;

interface Need {
  readonly types: readonly TypeName[];
  readonly unique?: boolean;
  readonly needed: boolean;
  /** With what a field is made where there is none. */
  readonly made?: { readonly key: string; readonly type: TypeName };
}

/** What each part has to be. */
export const needs: Readonly<Record<Part, Need>> = {
  slugField: { types: ['TEXT'], unique: true, needed: true, made: { key: 'slug', type: 'TEXT' } },
  publishedField: { types: ['BOOLEAN'], needed: true, made: { key: 'published', type: 'BOOLEAN' } },
  bodyField: { types: ['LONG_TEXT', 'TEXT'], needed: true, made: { key: 'body', type: 'LONG_TEXT' } },
  summaryField: { types: ['LONG_TEXT', 'TEXT'], needed: false },
  categoryField: { types: ['SINGLE_CHOICE'], needed: false },
};
export const parts = Object.keys(needs) as readonly Part[];

/** The fields of an object that can be a part. */
export function fitting(fields: readonly FieldDef[], resource: string, part: Part): FieldDef[] {
  const { types, unique } = needs[part];
  const fits = fields.filter((field) => field.resource === resource && field.deleteTime === undefined && types.includes(nameOfType(field.type)) && (unique !== true || field.unique));
  return fits.toSorted((a, b) => types.indexOf(nameOfType(a.type)) - types.indexOf(nameOfType(b.type)) || a.position - b.position);
}

/** With what somebody begins: what is public now, else the first field that fits, of texts each another one. */
export function begun(object: ObjectType, fields: readonly FieldDef[]): Publication {
  if (object.publication !== undefined && object.publication !== null) return object.publication;
  const first = (part: Part, not: readonly string[] = []) => fitting(fields, object.resource, part).find((field) => !not.includes(field.key))?.key ?? '';
  const slugField = first('slugField');
  return { slugField, publishedField: first('publishedField'), bodyField: first('bodyField', [slugField]), summaryField: '', categoryField: first('categoryField') };
}

/** Parts that no field of the object can be yet; a text that is the name in the address is no article. */
export function missing(object: ObjectType, fields: readonly FieldDef[]): Part[] {
  const slug = fitting(fields, object.resource, 'slugField')[0]?.key;
  return parts.filter((part) => needs[part].needed && !fitting(fields, object.resource, part).some((field) => part !== 'bodyField' || field.key !== slug));
}

/** A field for a part that is missing, by a name that is not taken. */
export function madeFor(part: Part, label: string, russian: string, resource: string, fields: readonly FieldDef[]): FieldDraft | undefined {
  const { made, unique = false } = needs[part];
  if (made === undefined) return undefined;
  const taken = new Set(fields.filter((field) => field.resource === resource).map((field) => field.key));
  let [key, number] = [made.key, 2];
  while (taken.has(key)) key = `${made.key}_${number++}`;
  return { resource, key, label, labelTranslations: russian === '' ? {} : { ru: russian }, type: typeOfName(made.type), unique };
}

export const publicOf = (objects: readonly ObjectType[]): ObjectType | undefined => objects.find((object) => object.deleteTime === undefined && object.publication !== undefined && object.publication !== null);

/** Makes the object public, or all of it private again where nothing is named. */
export const publish = ({ id, etag }: ObjectType, publication: Publication | undefined) =>
  call<ObjectType>('PATCH', `/api/v1/metadata/objects/${id}`, { query: { updateMask: 'publication' }, body: { etag, ...(publication === undefined ? {} : { publication }) } });

const looked = 50;

/** How many articles anybody can read, as anybody is told. */
export const articlesQuery = (site: string) =>
  queryOptions({
    queryKey: ['published', site],
    queryFn: async () => {
      const { records, nextPageToken } = await call<{ records?: readonly unknown[]; nextPageToken?: string }>('GET', '/api/v1/objects:published', { query: { site, pageSize: looked } });
      return { count: records?.length ?? 0, more: (nextPageToken ?? '') !== '' };
    },
    enabled: site !== '',
    retry: false,
  });

import type { Field, Resource } from '../api/api';
import { isEditable } from '../records/values';
import { contactsImports } from './imports';

/** What a file can become, and where it is sent. */
export interface Target {
  readonly key: string;
  readonly resource: string;
  readonly path: string;
  /** Where its imports are, to be taken back. */
  readonly imports: string;
  readonly query: Readonly<Record<string, string>>;
  /** What the platform calls the columns of its own, as `column=` names them. */
  readonly columns: readonly string[];
}

const address = ['street', 'city', 'region', 'postalCode', 'country'];
const several = ['otherEmails', 'otherPhones', 'otherAddresses', 'mobilePhone', 'workPhone', 'homePhone'];
const person = ['firstName', 'lastName', 'name', 'email', 'phone', 'jobTitle', 'company'];
const contacts: readonly (readonly [string, string, readonly string[]])[] = [
  ['people', 'contacts.person', [...person, 'language', 'companyEmail', 'companyPhone', 'website', 'taxNumber', ...address, ...several]],
  ['companies', 'contacts.company', ['company', 'email', 'phone', 'website', 'taxNumber', ...address, ...several]],
  ['leads', 'contacts.lead', [...person, 'source', ...address]],
];

/** What the caller may import: people, companies, leads, and the company's own objects. */
export function targetsOf(resources: readonly Resource[], may: (permission: string) => boolean): Target[] {
  const has = (name: string) => resources.some((resource) => resource.resource === name);
  const built = may('contacts.import')
    ? contacts.filter(([, name]) => has(name)).map(([key, resource, columns]): Target => ({ key, resource, path: contactsImports, imports: contactsImports, query: { target: key }, columns }))
    : [];
  const objects = may('records.import') ? resources.filter((resource) => resource.resource.startsWith('records.') && resource.restPath !== '') : [];
  return [...built, ...objects.map(({ resource, restPath }): Target => ({ key: resource, resource, path: `${restPath}:import`, imports: `${restPath}/imports`, query: {}, columns: ['name', 'number'] }))];
}

/** The names that `column=` takes for the platform's own columns. */
const sent: Readonly<Record<string, string>> = {
  firstName: 'first name', lastName: 'last name', jobTitle: 'job title', companyEmail: 'company e-mail', companyPhone: 'company phone', taxNumber: 'tax number', postalCode: 'postal code', email: 'e-mail',
  otherEmails: 'other emails', otherPhones: 'other phones', otherAddresses: 'other addresses', mobilePhone: 'mobile phone', workPhone: 'work phone', homePhone: 'home phone',
};
export const sentName = (column: string): string => sent[column] ?? column;

/** Fields of the company's own that a file can fill. */
export const customFields = (resource: Resource): Field[] => resource.fields.filter((field) => field.path.startsWith('custom_fields.') && isEditable(field));

/** As the platform compares headers: letters and digits alone, in lower case. */
export const plainHeader = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '').replaceAll('ё', 'е');

/** What a header most likely means, by what the fields are called; nothing where it says none of them. */
export function guess(header: string, target: Target, custom: readonly Field[], labels: (column: string) => readonly string[]): string | undefined {
  const plain = plainHeader(header);
  if (plain === '') return undefined;
  const own = target.columns.find((column) => [column, sentName(column), ...labels(column)].some((name) => plainHeader(name) === plain));
  return own ?? custom.find((field) => plainHeader(field.label) === plain || field.path === header)?.path;
}

/** Fields by which records of an object can be recognised. */
const comparable = new Set(['text', 'email', 'phone', 'url', 'number', 'decimal', 'date', 'instant', 'single_choice', 'user', 'relation']);
export const matchable = (resource: Resource): Field[] => customFields(resource).filter((field) => comparable.has(field.type));

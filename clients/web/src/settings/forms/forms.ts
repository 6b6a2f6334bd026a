import { queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call, type Field, type Resource } from '../../api/api';
import { keyOf } from '../objects/fields';

type Schemas = components['schemas'];
export type LeadForm = Schemas['contacts.LeadForm'];
export type FormField = Schemas['contacts.LeadFormField'];
export type Consent = Schemas['contacts.LeadFormConsent'];

/** A form as it is being written; `id` where it is there already. */
export type FormDraft = Omit<LeadForm, 'id' | 'etag' | 'path' | 'createTime' | 'updateTime'>;

const path = '/api/v1/contacts/lead-forms';

export const formsQuery = queryOptions({ queryKey: ['settings', 'forms'], queryFn: async () => (await call<{ leadForms?: LeadForm[] }>('GET', path, { query: { pageSize: 200 } })).leadForms ?? [], retry: false });

export const emptyForm: FormDraft = {
  slug: '', title: '', titleTranslations: {}, introduction: '', introductionTranslations: {}, thanks: '', thanksTranslations: {}, source: 'website', open: false, consents: [],
  fields: ['last_name', 'email'].map((name) => ({ path: name, required: true, label: '', labelTranslations: {} })),
};

const changed = ['title', 'titleTranslations', 'introduction', 'introductionTranslations', 'thanks', 'thanksTranslations', 'fields', 'consents', 'source', 'open'] as const;

export const createForm = (body: FormDraft) => call<LeadForm>('POST', path, { body });
export const updateForm = ({ id, etag }: LeadForm, draft: FormDraft) =>
  call<LeadForm>('PATCH', `${path}/${id}`, { query: { updateMask: changed.join(',') }, body: { etag, ...Object.fromEntries(changed.map((part) => [part, draft[part]])) } });
export const openForm = ({ id, etag }: LeadForm, open: boolean) => call<LeadForm>('PATCH', `${path}/${id}`, { query: { updateMask: 'open' }, body: { etag, open } });
export const deleteForm = ({ id }: LeadForm) => call('DELETE', `${path}/${id}`);

const builtIn = ['first_name', 'last_name', 'email', 'phone', 'company_name', 'job_title'];
const types = new Set(['text', 'long_text', 'number', 'date', 'boolean', 'single_choice', 'email', 'phone', 'url']);

/** What a form can ask for: what leads have, and the company's own fields of which nobody learns by it which values there are. */
export const askable = (leads: Resource): Field[] => [
  ...builtIn.flatMap((name) => leads.fields.find((field) => field.path === name) ?? []),
  ...leads.fields.filter((field) => field.path.startsWith('custom_fields.') && types.has(field.type) && field.definition?.unique !== true && field.definition?.deprecated !== true && !field.outputOnly),
];

/** A name for the address out of the title: "Talk to us" is talk-to-us. */
export const slugOf = (title: string): string => keyOf(title).replaceAll('_', '-').slice(0, 60).replace(/-+$/, '');

/** With another one in the place, or one fewer, or one step up. */
export const withOne = <T>(list: readonly T[], at: number, one: T): T[] => list.map((entry, index) => (index === at ? one : entry));
export const withoutOne = <T>(list: readonly T[], at: number): T[] => list.filter((_entry, index) => index !== at);
export const raised = <T>(list: readonly T[], at: number): T[] => (at < 1 || at >= list.length ? [...list] : [...list.slice(0, at - 1), list[at]!, list[at - 1]!, ...list.slice(at + 1)]);

/** A key for a consent, out of its first words, that no other one has. */
export function consentKey(text: string, others: readonly Consent[]): string {
  const wanted = keyOf(text.trim().split(/\s+/).slice(0, 3).join(' ')).slice(0, 36) || 'consent';
  const taken = new Set(others.map(({ key }) => key));
  let [key, number] = [wanted, 2];
  while (taken.has(key)) key = `${wanted}_${number++}`;
  return key;
}

/** What stands at a place of the form, of what the platform refused. */
export const faultAt = (faults: ReadonlyMap<string, string>, list: 'fields' | 'consents', at: number): string | undefined =>
  [...faults].find(([place]) => place.startsWith(`${list}[${at}]`))?.[1];

/** For a page of the company's own: a link, since no browser shows the form within another page. */
export const linkFor = (form: Pick<LeadForm, 'path' | 'title'>, origin: string): string =>
  `<a href="${new URL(form.path, origin).toString()}">${form.title.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</a>`;

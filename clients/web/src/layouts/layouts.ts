import { queryOptions } from '@tanstack/react-query';
import { call, type Call, type Field, type Layout, type Resource, type Row } from '../api/api';
import { seen } from '../records/values';

export type Section = Layout['sections'][number];
export type LayoutField = Section['fields'][number];
export type Kind = Exclude<Layout['kind'], 'LAYOUT_KIND_UNSPECIFIED'>;

export const kinds = ['LAYOUT_KIND_FORM', 'LAYOUT_KIND_LIST', 'LAYOUT_KIND_CARD'] as const satisfies readonly Kind[];

const path = '/api/v1/metadata/layouts';

/** The layouts of a resource as they were written, in the order in which the first that fits is taken. */
export const layoutsQuery = (resource: string) => queryOptions({
  queryKey: ['designer', 'layouts', resource],
  queryFn: async () => ((await call<{ layouts?: Layout[] }>('GET', path, { query: { resource, pageSize: 200 } })).layouts ?? []).toSorted((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1)),
  retry: false,
});

/** How this very record looks, as the platform decides it. */
export const layoutQuery = (call: Call, { resource }: Resource, kind: Kind, record: Row, language: string) => queryOptions({
  queryKey: ['resource', resource, 'layout', kind, record, language],
  queryFn: ({ signal }) => call<Layout>('POST', '/api/v1/metadata/layouts:resolve', { body: { resource, kind, record }, signal }),
  staleTime: 15_000,
  retry: false,
});

/** What of a layout is designed. */
export type Draft = Pick<Layout, 'kind' | 'label' | 'labelTranslations' | 'roles' | 'condition' | 'position' | 'sections' | 'withOthers'>;

const parts = ['label', 'labelTranslations', 'roles', 'condition', 'position', 'sections', 'withOthers'] as const;

export const draftOf = ({ kind, label, labelTranslations, roles, condition, position, sections, withOthers }: Layout): Draft => ({ kind, label, labelTranslations, roles, condition, position, sections, withOthers });

/** @throws ApiProblem where the condition is wrong, or somebody else has changed it meanwhile. */
export const keepLayout = (known: Layout | undefined, resource: string, draft: Draft): Promise<Layout> =>
  known === undefined ? call('POST', path, { body: { ...draft, resource } }) : call('PATCH', `${path}/${known.id}`, { query: { updateMask: parts.join(',') }, body: { etag: known.etag, ...draft } });
export const deleteLayout = ({ id, etag }: Layout) => call('DELETE', `${path}/${id}`, { query: { etag } });

/**
 * What a section is called in every language: what is shown has the words of whoever looks in front, what was written has the others too. What the platform
 * made of itself says it in English as well, and whoever looks at the new layout reads it in the own language.
 */
function namesOf({ title, titleTranslations }: Section, written: readonly Section[]): Pick<Section, 'title' | 'titleTranslations'> {
  const known = written.find((entry) => entry.title === title || Object.values(entry.titleTranslations).includes(title));
  if (known !== undefined) return { title: known.title, titleTranslations: known.titleTranslations };
  const { en = title, ...others } = titleTranslations ?? {};
  return { title: en, titleTranslations: others };
}

/** With what a new layout begins: how the resource looks without it, named anew, before all others. */
export function begun(resource: Resource, kind: Kind, named: Pick<Draft, 'label' | 'labelTranslations'>, others: readonly Layout[]): Draft {
  const shown = shownFor(resource, kind);
  const written = others.find(({ id }) => id === shown?.id)?.sections ?? [];
  const sections = (shown?.sections ?? []).map((section): Section => ({ ...section, ...namesOf(section, written), fields: section.fields.map(({ path: field }) => blank(field)) }));
  const first = Math.min(100, ...others.filter((layout) => layout.kind === kind).map((layout) => layout.position));
  return { kind, ...named, roles: [], condition: '', position: Math.max(0, first - 10), sections: sections.length === 0 ? [{ title: '', titleTranslations: {}, columns: 1, collapsed: false, fields: [] }] : sections, withOthers: kind === 'LAYOUT_KIND_FORM' };
}

export const blank = (field: string): LayoutField => ({ path: field, width: 0, readOnly: false, help: '', helpTranslations: {} });

/** The layout of a kind for whatever record: descriptors have those first that ask something of the record. */
export const shownFor = (resource: Resource, kind: Kind): Layout | undefined => resource.layouts.findLast((layout) => layout.kind === kind);

/** Whether the layout depends on the record. */
export const asksRecord = (resource: Resource, kind: Kind): boolean => resource.layouts.filter((layout) => layout.kind === kind).length > 1;

/** The fields of a layout that somebody wrote, for whatever record. */
export function writtenFields(resource: Resource, kind: Kind): Field[] {
  const layout = shownFor(resource, kind);
  const known = new Map(seen(resource).map((field) => [field.path, field]));
  return layout === undefined || layout.generated ? [] : layout.sections.flatMap((section) => section.fields).flatMap(({ path: field }) => known.get(field) ?? []);
}

/** Fields that could be in the layout and are not. */
export function hiddenOf(resource: Resource, sections: readonly Section[]): Field[] {
  const used = new Set(sections.flatMap((section) => section.fields.map((field) => field.path)));
  return seen(resource).filter((field) => !used.has(field.path) && field.path !== 'id' && field.path !== 'custom_fields');
}

export interface Place {
  readonly section: number;
  readonly at: number;
}

export const placeOf = (sections: readonly Section[], field: string): Place | undefined => {
  const section = sections.findIndex((entry) => entry.fields.some((known) => known.path === field));
  return section < 0 ? undefined : { section, at: sections[section]!.fields.findIndex((known) => known.path === field) };
};

/** With the field at the place, counted without it; wherever it was before, or nowhere. */
export function put(sections: readonly Section[], field: string, { section, at }: Place): Section[] {
  const known = sections.flatMap((entry) => entry.fields).find((entry) => entry.path === field) ?? blank(field);
  return sections.map((entry, index) => {
    const others = entry.fields.filter((other) => other.path !== field);
    return { ...entry, fields: index === section ? others.toSpliced(at, 0, known) : others };
  });
}

export const hidden = (sections: readonly Section[], field: string): Section[] => sections.map((entry) => ({ ...entry, fields: entry.fields.filter((other) => other.path !== field) }));

/** One step up or down; at the end of its section into the next one. */
export function stepped(sections: readonly Section[], field: string, step: 1 | -1): Section[] {
  const place = placeOf(sections, field);
  if (place === undefined) return [...sections];
  const at = place.at + step;
  if (at >= 0 && at < sections[place.section]!.fields.length) return put(sections, field, { section: place.section, at });
  const next = sections[place.section + step];
  return next === undefined ? [...sections] : put(sections, field, { section: place.section + step, at: step > 0 ? 0 : next.fields.length });
}

export const changedSection = (sections: readonly Section[], at: number, change: Partial<Section>): Section[] => sections.map((entry, index) => (index === at ? { ...entry, ...change } : entry));

/** Without the section; its fields are in the one before it, or the one after it. */
export function withoutSection(sections: readonly Section[], at: number): Section[] {
  const gone = sections[at];
  if (gone === undefined || sections.length < 2) return [...sections];
  const others = sections.toSpliced(at, 1);
  return changedSection(others, Math.max(0, at - 1), { fields: at === 0 ? [...gone.fields, ...others[0]!.fields] : [...others[at - 1]!.fields, ...gone.fields] });
}

/** What is kept: sections that have something in them. */
export const settled = (draft: Draft): Draft => ({ ...draft, sections: draft.sections.filter((section) => section.fields.length > 0) });

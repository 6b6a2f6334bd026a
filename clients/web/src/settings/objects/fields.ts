import type { components } from '@platform/api';

type Schemas = components['schemas'];
export type FieldDef = Schemas['metadata.Field'];
export type FieldType = Schemas['metadata.FieldType'];
export type Choice = Schemas['metadata.Choice'];
export type RollUp = Schemas['metadata.RollUp'];

/** A field as it is being written: what the API takes, whatever of it is known yet. */
export type FieldDraft = Partial<Omit<FieldDef, 'resultType'>> & { readonly type: FieldType };

/** The types of fields in the groups in which they are offered. */
export const typeGroups = [
  ['text', ['TEXT', 'LONG_TEXT', 'EMAIL', 'PHONE', 'URL', 'CONFIDENTIAL']],
  ['numbers', ['NUMBER', 'DECIMAL', 'MONEY']],
  ['times', ['DATE', 'INSTANT']],
  ['choices', ['BOOLEAN', 'SINGLE_CHOICE', 'MULTIPLE_CHOICE']],
  ['links', ['USER', 'RELATION', 'RELATIONS']],
  ['computed', ['FORMULA', 'ROLL_UP', 'AUTO_NUMBER']],
] as const;

export type TypeName = (typeof typeGroups)[number][1][number];

export const nameOfType = (type: FieldType): TypeName => type.replace('FIELD_TYPE_', '') as TypeName;
export const typeOfName = (name: TypeName): FieldType => `FIELD_TYPE_${name}` as FieldType;
/** As descriptors and the registry of editors call it: "long_text". */
export const kindNameOf = (type: FieldType): string => nameOfType(type).toLowerCase();

const among = (...names: TypeName[]) => (type: FieldType): boolean => names.includes(nameOfType(type));

export const isSized = among('TEXT', 'LONG_TEXT', 'CONFIDENTIAL');
export const isRanged = among('NUMBER', 'DECIMAL', 'MONEY', 'DATE', 'INSTANT');
export const isChoice = among('SINGLE_CHOICE', 'MULTIPLE_CHOICE');
export const isRelation = among('RELATION', 'RELATIONS');
export const isComputed = among('FORMULA', 'ROLL_UP', 'AUTO_NUMBER');
const neverUnique = among('LONG_TEXT', 'BOOLEAN', 'MULTIPLE_CHOICE', 'RELATIONS', 'CONFIDENTIAL', 'FORMULA', 'ROLL_UP', 'AUTO_NUMBER');
const neverSearched = among('LONG_TEXT', 'MULTIPLE_CHOICE', 'RELATIONS', 'CONFIDENTIAL', 'ROLL_UP');

export const mayBeRequired = (type: FieldType): boolean => !isComputed(type) && nameOfType(type) !== 'CONFIDENTIAL';
export const mayBeUnique = (type: FieldType): boolean => !neverUnique(type);
export const mayBeSearchable = (type: FieldType): boolean => !neverSearched(type);
export const mayHaveDefault = ({ type, unique }: FieldDraft): boolean => mayBeRequired(type) && unique !== true;

const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u',
  ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', ß: 'ss',
};

/** A name for the API out of what people call it: "Срок договора" is srok_dogovora. */
export function keyOf(label: string): string {
  const latin = [...label.toLowerCase()].map((letter) => letters[letter] ?? letter).join('').normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return latin.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 40).replace(/_+$/, '');
}

/** Fields as forms show them: by section, and within it by place; what is equal by age. */
export function inSections(fields: readonly FieldDef[]): (readonly [section: string, fields: readonly FieldDef[]])[] {
  const inUse = fields.filter((field) => field.deleteTime === undefined);
  const names = [...new Set(inUse.map((field) => field.section))].toSorted((a, b) => (a < b ? -1 : 1));
  return names.map((name) => [name, inUse.filter((field) => field.section === name).toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))]);
}

export interface Placement {
  readonly id: string;
  readonly section: string;
  readonly position: number;
}

/** What changes where a field comes to stand at a place of a section, counted without it: the field alone where there is room between its neighbours, else the whole section. */
export function placed(fields: readonly FieldDef[], id: string, section: string, at: number): Placement[] {
  const others = (inSections(fields).find(([name]) => name === section)?.[1] ?? []).filter((field) => field.id !== id);
  const [before, after] = [others[at - 1], others[at]];
  const [low, high] = [before?.position ?? (after?.position ?? 10) - 20, after?.position ?? (before?.position ?? 0) + 20];
  if (high - low > 1) return [{ id, section, position: Math.floor((low + high) / 2) }];
  const order = [...others.slice(0, at).map((field) => field.id), id, ...others.slice(at).map((field) => field.id)];
  return order.map((entry, index) => ({ id: entry, section, position: (index + 1) * 10 }))
    .filter((place) => place.id === id || others.find((field) => field.id === place.id)?.position !== place.position);
}

/** One step up or down, into the next section at the end of its own; nothing where there is nowhere to go. */
export function stepped(fields: readonly FieldDef[], id: string, step: 1 | -1): Placement[] {
  const sections = inSections(fields);
  const here = sections.findIndex(([, entries]) => entries.some((field) => field.id === id));
  const [section, entries] = sections[here] ?? ['', []];
  const at = entries.findIndex((field) => field.id === id) + step;
  if (at >= 0 && at < entries.length) return placed(fields, id, section, at);
  const next = sections[here + step];
  return next === undefined ? [] : placed(fields, id, next[0], step > 0 ? 0 : next[1].length);
}

/** The place behind all others of the section. */
export const lastPosition = (fields: readonly FieldDef[], section: string): number =>
  Math.max(0, ...fields.filter((field) => field.section === section && field.deleteTime === undefined).map((field) => field.position)) + 10;

const editable = [
  'label', 'labelTranslations', 'help', 'helpTranslations', 'required', 'unique', 'searchable', 'defaultValue', 'minimum', 'maximum', 'minimumLength', 'maximumLength', 'pattern', 'decimals',
  'choices', 'dictionary', 'relatedResource', 'onDelete', 'formula', 'rollUp', 'visibleWhen', 'section', 'deprecated',
] as const satisfies readonly (keyof FieldDraft)[];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Which parts of a field are another now. */
export const changesOf = (before: FieldDraft, now: FieldDraft): readonly (keyof FieldDraft)[] => editable.filter((part) => !same(before[part], now[part]));

/** The faults of a refusal by the part of the field that they are about: "label", "choices[0].key". */
export function faultsOf(errors: readonly { readonly field?: string; readonly message?: string }[], prefix: string): ReadonlyMap<string, string> {
  return new Map(errors.map(({ field = '', message = '' }) => [field.startsWith(`${prefix}.`) ? field.slice(prefix.length + 1) : field, message]));
}

import { call, type Row } from '../api/api';
import type { Money } from '../fields/money';

/** The lists of a deal, each of which is changed as a whole: who has a say at the customer's, who works on it, whose the credit is, who else bids. */
export const parts = ['contacts', 'team', 'splits', 'competitors'] as const;
export type Part = (typeof parts)[number];

/** Somebody in one of the lists. */
export interface Entry {
  /** Id of a person or of a member; of a competitor the name. */
  readonly who: string;
  /** The role, the percentage, or what is known of the bid. */
  readonly what: string;
  /** Of a competitor that is there already. */
  readonly id?: string;
  readonly status?: string;
  /** What a share of the credit comes to. */
  readonly amount?: Money | undefined;
}

/** How the API calls what an entry consists of. */
export const names: Readonly<Record<Part, readonly [who: string, what: string]>> = { contacts: ['personId', 'role'], team: ['userId', 'role'], splits: ['userId', 'percent'], competitors: ['name', 'notes'] };

const bidding = 'COMPETITOR_STATUS_BIDDING';
const statusOf = (told: string): string => (told === '' || told.endsWith('_UNSPECIFIED') ? bidding : told);

export function entriesOf(row: Row, part: Part): Entry[] {
  const [who, what] = names[part];
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return ((row[part] ?? []) as readonly Readonly<Record<string, unknown>>[]).map((entry) => ({
    who: text(entry[who]), what: text(entry[what]),
    ...(part === 'competitors' ? { id: text(entry['id']), status: statusOf(text(entry['status'])) } : {}), ...(part === 'splits' ? { amount: entry['amount'] as Money | undefined } : {}),
  }));
}

export const emptyEntry = (part: Part): Entry => ({ who: '', what: '', ...(part === 'competitors' ? { status: bidding } : {}) });

/** A percentage as it is written anywhere: "33,34 %". */
const percent = (text: string): string => text.trim().replace(/\s*%$/, '').replace(',', '.');

/** The list as the API takes it; what nobody was named in is not sent. */
export function bodyOf(part: Part, entries: readonly Entry[]): Readonly<Record<string, string>>[] {
  const [who, what] = names[part];
  return filled(entries).map((entry) => ({
    [who]: entry.who.trim(), [what]: part === 'splits' ? percent(entry.what) : entry.what.trim(),
    ...(part !== 'competitors' ? {} : { ...(entry.id ? { id: entry.id } : {}), status: entry.status ?? bidding }),
  }));
}

export const filled = (entries: readonly Entry[]): Entry[] => entries.filter((entry) => entry.who.trim() !== '');

/** @throws ApiProblem where it is refused, or somebody else has changed the deal since the etag was read. */
export const keepPart = (id: string, etag: string | undefined, part: Part, entries: readonly Entry[]): Promise<Row> =>
  call('PATCH', `/api/v1/deals/${id}`, { query: { updateMask: part }, body: { ...(etag === undefined ? {} : { etag }), [part]: bodyOf(part, entries) } });

/** What the percentages add up to, in hundredths; undefined where one of them is no percentage. */
export function sumOf(entries: readonly Entry[]): number | undefined {
  const shares = filled(entries).map((entry) => percent(entry.what));
  return shares.every((share) => /^\d{1,3}(\.\d{1,2})?$/.test(share)) ? shares.reduce((sum, share) => sum + Math.round(Number(share) * 100), 0) : undefined;
}

/** The same share for everybody who is named, to the hundredth; what cannot be divided goes to the first. */
export function shared(entries: readonly Entry[]): Entry[] {
  const count = filled(entries).length;
  const [each, over] = [Math.floor(10_000 / Math.max(1, count)), 10_000 % Math.max(1, count)];
  let place = 0;
  return entries.map((entry) => (entry.who.trim() === '' ? entry : { ...entry, what: written(each + (place++ < over ? 1 : 0)) }));
}

/** Hundredths as a percentage is written: 3334 → "33.34", 5000 → "50". */
export const written = (hundredths: number): string => (hundredths / 100).toFixed(2).replace(/\.?0+$/, '');

/** What is wrong with a part of an entry, among the faults of a refusal; entries without a name were not sent. */
export function faultAt(faults: ReadonlyMap<string, string>, part: Part, entries: readonly Entry[], index: number, field: 0 | 1): string | undefined {
  const sent = filled(entries.slice(0, index)).length;
  return entries[index]!.who.trim() === '' ? undefined : faults.get(`${part}[${sent}].${names[part][field]}`);
}

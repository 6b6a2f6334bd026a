import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call, type Call, type Resource, type Row } from '../api/api';
import { pageOf } from '../records/queries';
import { nameOf } from '../records/values';

export type Told = Readonly<Partial<components['schemas']['contacts.Relation']>> & { readonly id: string };
type Node = Readonly<Partial<components['schemas']['contacts.CompanyNode']>>;
interface Hierarchy {
  readonly companies?: readonly Node[];
  readonly hasMore?: boolean;
}

/** What is related to each other: a person or a company, by the resource and the place of its list. */
export const ends = { person: { resource: 'contacts.person', restPath: '/api/v1/contacts/people' }, company: { resource: 'contacts.company', restPath: '/api/v1/contacts/companies' } } as const;
export type Side = keyof typeof ends;

const path = '/api/v1/contacts/relations';
const [pageSize, mostPages, mostNames] = [200, 5, 100];

export const sideOf = ({ resource }: Pick<Resource, 'resource'>): Side | undefined => (resource === ends.person.resource ? 'person' : resource === ends.company.resource ? 'company' : undefined);

/** One of the relations of a record, as it is seen from there. */
export interface Related {
  readonly id: string;
  readonly etag: string | undefined;
  /** What the other one is, and which. */
  readonly side: Side;
  readonly other: string;
  readonly name: string;
  /** What the other one is to this record, and this record to the other; empty where nobody said. */
  readonly theirs: string;
  readonly ours: string;
  /** It leads from this record to the other. */
  readonly outward: boolean;
  /** The first is the parent of the second. */
  readonly parent: boolean;
}

/** A relation as it is seen from one of its two records. */
export function seenFrom(told: Told, id: string, names: ReadonlyMap<string, string> = new Map()): Related {
  const outward = (told.fromPersonId || told.fromCompanyId) === id;
  const person = outward ? told.toPersonId : told.fromPersonId;
  const other = person || (outward ? told.toCompanyId : told.fromCompanyId) || '';
  const [first, second] = [told.label ?? '', told.reverseLabel ?? ''];
  return {
    id: told.id, etag: told.etag, side: person ? 'person' : 'company', other, name: names.get(other) ?? other.slice(0, 8), outward,
    theirs: outward ? second : first, ours: outward ? first : second, parent: told.kind === 'RELATION_KIND_PARENT',
  };
}

async function allOf(call: Call, query: Readonly<Record<string, string>>, pages: number, signal?: AbortSignal): Promise<readonly Told[]> {
  const found: Told[] = [];
  let pageToken = '';
  for (let page = 0; page < pages; page++) {
    const answer = await call<{ relations?: readonly Told[]; nextPageToken?: string }>('GET', path, { query: { pageSize, pageToken: pageToken || undefined, ...query }, signal });
    found.push(...(answer.relations ?? []));
    pageToken = answer.nextPageToken ?? '';
    if (pageToken === '') break;
  }
  return found;
}

async function namesOf(call: Call, side: Side, ids: readonly string[], signal?: AbortSignal): Promise<readonly (readonly [string, string])[]> {
  const names: (readonly [string, string])[] = [];
  for (let from = 0; from < ids.length; from += mostNames) {
    const { rows } = pageOf(await call<Record<string, unknown>>('GET', ends[side].restPath, { query: { pageSize: mostNames, filter: `id = (${ids.slice(from, from + mostNames).join(' OR ')})` }, signal }));
    names.push(...rows.map((row: Row) => [row.id, nameOf(row)] as const));
  }
  return names;
}

/** All that a person or a company has to do with others, the newest first, with the names of the others. */
export const relationsQuery = (call: Call, side: Side, id: string) =>
  queryOptions({
    queryKey: ['relations', side, id],
    queryFn: async ({ signal }) => {
      const told = await allOf(call, side === 'person' ? { personId: id } : { companyId: id }, mostPages, signal);
      const seen = told.map((relation) => seenFrom(relation, id));
      const asked = (of: Side) => namesOf(call, of, [...new Set(seen.filter((entry) => entry.side === of).map((entry) => entry.other))], signal);
      const names = new Map((await Promise.all([asked('person'), asked('company')])).flat());
      return told.map((relation) => seenFrom(relation, id, names));
    },
    retry: false,
  });

/** The companies above one and below the topmost of them. */
export const hierarchyQuery = (call: Call, id: string) =>
  queryOptions({ queryKey: ['hierarchy', id], queryFn: ({ signal }) => call<Hierarchy>('GET', `${ends.company.restPath}/${encodeURIComponent(id)}/hierarchy`, { signal }), retry: false });

/** The words that the company uses for relations, with what they are in turn. */
export const wordsQuery = (call: Call) =>
  queryOptions({ queryKey: ['relations', 'words'], queryFn: async ({ signal }) => wordsOf(await allOf(call, { kind: 'RELATION_KIND_LABELLED' }, 1, signal)), staleTime: 60_000, retry: false });

/** A word for a relation, and the one for its other direction. */
export type Words = readonly [label: string, reverse: string];

/** Those that are used, the most used first, each once. */
export function wordsOf(told: readonly Told[]): Words[] {
  const used = new Map<string, { readonly words: Words; count: number }>();
  for (const { label = '', reverseLabel = '' } of told) {
    const key = `${label.toLowerCase()}\n${reverseLabel.toLowerCase()}`;
    const known = used.get(key);
    if (known === undefined) used.set(key, { words: [label, reverseLabel], count: 1 });
    else known.count++;
  }
  return [...used.values()].toSorted((one, other) => other.count - one.count).map(({ words }) => words);
}

/** What can be offered for one side, whichever of the two was written. */
export const offered = (words: readonly Words[]): string[] => {
  const found = new Map<string, string>();
  for (const word of words.flat()) if (word !== '' && !found.has(word.toLowerCase())) found.set(word.toLowerCase(), word);
  return [...found.values()];
};

/** What the other side is where one side is a word that is known; undefined where it is not. */
export function inTurn(words: readonly Words[], word: string): string | undefined {
  const sought = word.trim().toLowerCase();
  const found = words.find(([label, reverse]) => reverse !== '' && (label.toLowerCase() === sought || reverse.toLowerCase() === sought));
  return found === undefined ? undefined : found[0].toLowerCase() === sought ? found[1] : found[0];
}

/** Who is related, and what they are to each other. */
export interface Draft {
  readonly side: Side;
  readonly other: string;
  readonly theirs: string;
  readonly ours: string;
}

const end = (way: 'from' | 'to', side: Side, id: string) => ({ [`${way}${side === 'person' ? 'Person' : 'Company'}Id`]: id });

/** From where it leads: as the company says these words elsewhere, else from whom something is said of. */
export function leadsOut({ theirs, ours }: Pick<Draft, 'theirs' | 'ours'>, words: readonly Words[]): boolean {
  const is = (words: Words, first: string, second: string) => words[0].toLowerCase() === first.trim().toLowerCase() && words[1].toLowerCase() === second.trim().toLowerCase();
  return theirs.trim() === '' ? ours.trim() !== '' : words.some((known) => is(known, ours, theirs)) && !words.some((known) => is(known, theirs, ours));
}

/** A relation that is to be made, seen from one record. */
export function bodyOf(here: { readonly side: Side; readonly id: string }, draft: Draft, outward: boolean): Record<string, unknown> {
  const [mine, other] = [end(outward ? 'from' : 'to', here.side, here.id), end(outward ? 'to' : 'from', draft.side, draft.other)];
  return { kind: 'RELATION_KIND_LABELLED', ...mine, ...other, ...labelsOf(draft, outward) };
}

/** What the first is to the second, and the second to the first. */
export const labelsOf = ({ theirs, ours }: Pick<Draft, 'theirs' | 'ours'>, outward: boolean) => ({ label: (outward ? ours : theirs).trim(), reverseLabel: (outward ? theirs : ours).trim() });

export const parentBody = (parent: string, child: string): Record<string, unknown> => ({ kind: 'RELATION_KIND_PARENT', fromCompanyId: parent, toCompanyId: child });

/** The same relation once more, as it was before it was removed. */
export const sameBody = (here: { readonly side: Side; readonly id: string }, { parent, outward, other, ...seen }: Related): Record<string, unknown> =>
  parent ? parentBody(outward ? here.id : other, outward ? other : here.id) : bodyOf(here, { ...seen, other }, outward);

export const makeRelation = (body: Record<string, unknown>): Promise<Told> => call('POST', path, { body });
export const changeRelation = ({ id, etag, outward }: Related, draft: Draft): Promise<Told> => call('PATCH', `${path}/${id}`, { query: { updateMask: 'label,reverseLabel' }, body: { id, etag, ...labelsOf(draft, outward) } });
export const removeRelation = ({ id, etag }: Related): Promise<unknown> => call('DELETE', `${path}/${id}`, { query: { etag } });

/** @throws ApiProblem where the new parent is refused: the old one is what it was then. */
export async function changeParent(id: string, before: Related | undefined, parent: string): Promise<void> {
  if (before !== undefined) await removeRelation(before);
  try {
    await makeRelation(parentBody(parent, id));
  } catch (fault) {
    if (before !== undefined) await makeRelation(parentBody(before.other, id));
    throw fault;
  }
}

/** Relations have changed: of whichever records, since each has two. */
export const related = (client: QueryClient): Promise<void> => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'relations' || queryKey[0] === 'hierarchy' });

/** A company in its hierarchy. */
export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly below: readonly Branch[];
}

export interface Tree {
  readonly top: Branch;
  /** How many there are, and how many are not shown. */
  readonly count: number;
  readonly left: number;
}

const mostShown = 30;

/** The hierarchy around a company: all of it, or where that is much, the way down to it and what is directly below. Undefined where it is in none. */
export function treeOf({ companies = [], hasMore = false }: Hierarchy, here: string, most = mostShown): Tree | undefined {
  const nodes = new Map(companies.map((node) => [node.companyId ?? '', node]));
  const [first] = companies;
  if (first === undefined || companies.length < 2) return undefined;
  const way = new Set<string>();
  for (let at = nodes.get(here); at !== undefined && !way.has(at.companyId!); at = nodes.get(at.parentId ?? '')) way.add(at.companyId!);
  let room = most;
  const whole = companies.length <= most;
  const isShown = ({ companyId = '', parentId = '' }: Node) => whole || way.has(companyId) || (parentId === here && room-- > 0);
  const shown = companies.filter(isShown);
  const branch = ({ companyId = '', name = '' }: Node): Branch => ({ id: companyId, name: name || companyId.slice(0, 8), below: shown.filter((node) => node.parentId === companyId).map(branch).toSorted((one, other) => one.name.localeCompare(other.name)) });
  return { top: branch(first), count: companies.length, left: companies.length - shown.length + (hasMore ? 1 : 0) };
}

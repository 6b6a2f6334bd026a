import type { Field, Resource } from '../api/api';
import { may } from '../api/rights';
import { kindOf } from '../fields/registry';
import { isEditable, isPartOfName, seen } from '../records/values';

/** What is done with many records at once. */
export type Act = 'update' | 'assign' | 'addTags' | 'removeTags' | 'merge' | 'export' | 'delete';

/** A kind of record that can be worked on by the many, as docs/bulk-work.md tells. */
export interface Kind {
  /** Where a job is begun. */
  readonly path: string;
  /** Where the jobs are. */
  readonly jobs: string;
  /** What an update calls the record. */
  readonly noun: string;
  readonly merges: boolean;
  readonly deletes: boolean;
  /** Fields that are written one record at a time. */
  readonly alone: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const built: Readonly<Record<string, Omit<Kind, 'path'>>> = {
  'contacts.person': { jobs: '/api/v1/contacts/bulkJobs', noun: 'person', merges: true, deletes: true, alone: none },
  'contacts.company': { jobs: '/api/v1/contacts/bulkJobs', noun: 'company', merges: true, deletes: true, alone: none },
  'contacts.lead': { jobs: '/api/v1/contacts/bulkJobs', noun: 'lead', merges: true, deletes: true, alone: none },
  'deals.deal': {
    jobs: '/api/v1/deals/bulkJobs', noun: 'deal', merges: false, deletes: true,
    alone: new Set(['currency', 'line_items', 'competitors', 'team', 'contacts', 'splits']),
  },
  'inventory.product': { jobs: '/api/v1/inventory/bulkJobs', noun: 'product', merges: false, deletes: false, alone: new Set(['code']) },
};
const own: Omit<Kind, 'path'> = { jobs: '/api/v1/objects/bulkJobs', noun: 'record', merges: false, deletes: true, alone: none };

/** How the platform works on many of these records; undefined where it does not. */
export function kindFor({ resource, restPath }: Pick<Resource, 'resource' | 'restPath'>): Kind | undefined {
  const known = built[resource] ?? (resource.startsWith('records.') ? own : undefined);
  return known === undefined || restPath === '' ? undefined : { ...known, path: `${restPath}:bulk` };
}

/** Where all jobs are, and what lets somebody read them there. */
export const jobPlaces = [
  { path: '/api/v1/contacts/bulkJobs', permission: 'contacts.read' },
  { path: '/api/v1/deals/bulkJobs', permission: 'deals.read' },
  { path: '/api/v1/inventory/bulkJobs', permission: 'inventory.read' },
  { path: '/api/v1/objects/bulkJobs', permission: 'records.read' },
] as const;

/** Fields that get one value in many records: not where each record needs one of its own. */
export const writable = (resource: Resource, kind: Kind): Field[] => seen(resource).filter((field) =>
  isEditable(field) && kindOf(field).Editor !== undefined && kindOf(field).composed !== true && !kind.alone.has(field.path.split('.')[0]!) && field.definition?.unique !== true);

/** Fields of the company's own to which choices are added, or from which they are taken. */
export const tagged = (resource: Resource): Field[] =>
  seen(resource).filter((field) => field.type === 'multiple_choice' && field.path.startsWith('custom_fields.') && isEditable(field));

/** What this caller may do with many of these records, in the order in which it is offered. */
export function actsOf(resource: Resource): Act[] {
  const kind = kindFor(resource);
  if (kind === undefined) return [];
  const writes = may(resource, 'update');
  const owner = resource.fields.find((field) => field.path === 'owner_id');
  const offered: readonly (readonly [Act, boolean])[] = [
    ['update', writes && writable(resource, kind).length > 0],
    ['assign', writes && owner !== undefined && isEditable(owner)],
    ['addTags', writes && tagged(resource).length > 0],
    ['removeTags', writes && tagged(resource).length > 0],
    ['merge', writes && kind.merges],
    ['export', may(resource, 'export')],
    ['delete', kind.deletes && may(resource, 'delete')],
  ];
  return offered.flatMap(([act, is]) => (is ? [act] : []));
}

// What is made of parts has a column a part; lists of parts have none.
const parts: Readonly<Record<string, readonly string[]>> = { message: [], list: [] };
const partsOf = (field: Field): readonly string[] =>
  field.type === 'money' && field.builtIn ? [`${field.path}.amount`, `${field.path}.currency`] : (parts[field.type] ?? [field.path]);

/** The columns of a file that has what the list shows: what records are called first. */
export const exportColumns = (resource: Resource, shown: readonly Field[]): string[] =>
  [...new Set([...seen(resource).filter(isPartOfName), ...shown].flatMap(partsOf))];

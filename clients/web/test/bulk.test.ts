import { describe, expect, it } from 'vitest';
import { hasFile, isUndoable, newestFirst, progressOf, type Job } from '../src/bulk/jobs';
import { actsOf, exportColumns, kindFor, writable } from '../src/bulk/kinds';
import { chosenOf, faultOf, updateOf, whichOf } from '../src/bulk/order';
import { isPicked, nothing, ranged, rowsOf, toggled } from '../src/bulk/picked';
import { field, resource } from './made';

const can = (...actions: readonly string[]) => actions.map((action) => ({ action, allowed: true, conditional: false }));
const tags = field('custom_fields.tags', 'multiple_choice', { builtIn: false });
const fields = [field('id', 'id'), field('last_name'), field('owner_id', 'user'), tags];
const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

describe('what can be done with many', () => {
  it('is what the kind has and the caller may', () => {
    expect(actsOf(resource(fields, { actions: can('read', 'update', 'delete', 'export') }))).toEqual(['update', 'assign', 'addTags', 'removeTags', 'merge', 'export', 'delete']);
    expect(actsOf(resource(fields, { resource: 'contacts.lead', actions: can('update', 'delete') }))).toEqual(['update', 'assign', 'addTags', 'removeTags', 'merge', 'delete']);
    expect(actsOf(resource(fields, { resource: 'deals.deal', actions: can('update', 'delete', 'export') }))).toEqual(['update', 'assign', 'addTags', 'removeTags', 'export', 'delete']);
    expect(actsOf(resource(fields, { resource: 'records.machine', actions: can('export', 'delete') }))).toEqual(['export', 'delete']);
    expect(actsOf(resource(fields, { resource: 'finance.invoice', actions: can('update', 'export') }))).toEqual([]);
    const owned = fields.map((entry) => (entry.path === 'owner_id' || entry === tags ? { ...entry, access: 'read_only' } : entry));
    expect(actsOf(resource(owned, { actions: can('update') }))).toEqual(['update', 'merge']);
  });

  it('writes no field that each record has to have for itself', () => {
    const deals = resource([field('name'), field('stage_id', 'relation'), field('contacts', 'relations'), field('currency'), field('custom_fields.code', 'text', { definition: { unique: true } as never }), field('close_date', 'date')], { resource: 'deals.deal' });
    expect(writable(deals, kindFor(deals)!).map(({ path }) => path)).toEqual(['name', 'stage_id', 'close_date']);
  });

  it('has the columns of a list as exports name them', () => {
    expect(exportColumns(resource([field('first_name'), field('last_name'), field('address', 'message')]), [field('amount', 'money'), field('address', 'message'), tags]))
      .toEqual(['first_name', 'last_name', 'amount.amount', 'amount.currency', 'custom_fields.tags']);
  });
});

describe('an order', () => {
  const people = kindFor(resource(fields))!;

  it('says in one way which records are meant', () => {
    expect([whichOf({ ids: ['a'] }), whichOf({ filter: 'x = 1', timeZone: 'Europe/Berlin' }), whichOf({ filter: '', timeZone: 'UTC' })]).toEqual([{ ids: ['a'] }, { filter: 'x = 1', timeZone: 'Europe/Berlin' }, { all: true }]);
  });

  it('means those that are seen as chosen, and what a filter finds only where more is meant than is loaded', () => {
    expect([chosenOf(rows.slice(0, 2), false, 'x = 1', 'UTC'), chosenOf(rows, true, 'x = 1', 'UTC')]).toEqual([{ ids: ['a', 'b'] }, { filter: 'x = 1', timeZone: 'UTC' }]);
  });

  it('writes a value, or takes it away', () => {
    expect(updateOf(people, field('job_title'), 'Chief')).toEqual({ update: { person: { jobTitle: 'Chief' }, updateMask: 'jobTitle' } });
    expect(updateOf(people, field('job_title'), undefined)).toEqual({ update: { person: {}, updateMask: 'jobTitle' } });
    expect(updateOf(people, field('custom_fields.size', 'number'), undefined)).toEqual({ update: { person: { customFields: { size: null } } } });
  });

  it('has its faults where they belong', () => {
    const errors = [{ field: 'export.columns[2]', message: 'No such column.' }, { field: 'addTags.values', message: 'Name some.' }];
    expect([faultOf(errors, 'export'), faultOf(errors, 'addTags.field'), faultOf(errors, 'addTags.values'), faultOf(errors, 'add')]).toEqual(['No such column.', undefined, 'Name some.', undefined]);
  });
});

describe('records that are chosen', () => {
  const chosen = (picked: Parameters<typeof rowsOf>[0]) => rowsOf(picked, rows).map(({ id }) => id);

  it('are chosen one by one, and with Shift from the last one on', () => {
    const two = toggled(nothing(''), rows, 1, false);
    expect(chosen(toggled(two, rows, 3, true))).toEqual(['b', 'c', 'd']);
    // As the last one is: here, no longer chosen.
    expect(chosen(toggled(toggled(toggled(two, rows, 3, true), rows, 3, false), rows, 2, true))).toEqual(['b']);
    // The last one may be gone meanwhile.
    expect(chosen(toggled({ ...two, from: 'gone' }, rows, 2, true))).toEqual(['b', 'c']);
  });

  it('are all that the list finds until one is taken out', () => {
    const all = { ...nothing(''), all: true };
    expect([isPicked(all, 'later'), chosen(all)]).toEqual([true, ['a', 'b', 'c', 'd']]);
    const less = toggled(all, rows, 0, false);
    expect([isPicked(less, 'later'), chosen(less)]).toEqual([false, ['b', 'c', 'd']]);
    expect(chosen(ranged(less, rows, 3, 2, false))).toEqual(['b']);
  });

  it('are only those that are still there', () => {
    expect(rowsOf(toggled(nothing(''), rows, 0, false), rows.slice(1))).toEqual([]);
  });
});

describe('a job', () => {
  const job = (more: Partial<Job>): Job => ({ id: '1', resource: 'contacts.person', operation: 'BULK_OPERATION_UPDATE', state: 'BULK_STATE_SUCCEEDED', filter: '', startedBy: 'me', total: 5, done: 3, failed: 1, skipped: 1, errorCode: '', errorMessage: '', ...more });
  const [now, later, before] = [new Date('2026-05-01T12:00:00Z'), '2026-05-02T12:00:00Z', '2026-05-01T11:00:00Z'];

  it('can be taken back for a while, where it did something; and once more where something was kept', () => {
    const undoTimeLimit = later;
    const undone = (kept: number) => job({ undoTimeLimit, state: 'BULK_STATE_UNDONE', undo: { total: 3, restored: 3 - kept, kept, requestedBy: 'me' } });
    expect([job({ undoTimeLimit }), job({ undoTimeLimit: before }), job({}), job({ undoTimeLimit, done: 0 }), job({ undoTimeLimit, state: 'BULK_STATE_RUNNING' }), undone(0), undone(1)].map((entry) => isUndoable(entry, now)))
      .toEqual([true, false, false, false, false, false, true]);
  });

  it('tells how far it is, there and back', () => {
    expect([progressOf(job({})), progressOf(job({ state: 'BULK_STATE_UNDOING', undo: { total: 3, restored: 1, kept: 1, requestedBy: 'me' } }))]).toEqual([{ of: 5, is: 5 }, { of: 3, is: 2 }]);
  });

  it('gives its file to whoever began it, for a day', () => {
    const file = { name: 'people.csv', contentType: 'text/csv', sizeBytes: 1, expireTime: later };
    expect([hasFile(job({ file }), 'me', now), hasFile(job({ file }), 'another', now), hasFile(job({ file: { ...file, expireTime: before } }), 'me', now), hasFile(job({}), 'me', now)]).toEqual([true, false, false, false]);
  });

  it('stands among others by when it began, whichever service has it', () => {
    expect(newestFirst([{ path: 'a', job: job({ id: '1', createTime: before }) }, { path: 'b', job: job({ id: '2', createTime: later }) }]).map((entry) => entry.job.id)).toEqual(['2', '1']);
  });
});

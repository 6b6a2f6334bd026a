import { expect, test } from 'vitest';
import { ApiProblem } from '@platform/api';
import type { SavedView } from '../src/api/api';
import { listKey, withKept } from '../src/records/kept';
import { differs, viewBody } from '../src/records/saving';
import { begunWith, goingOn, isDirty, type Pipeline } from '../src/settings/pipelines/pipelines';
import { isFatal } from '../src/ui/useLasting';
import { field, resource } from './made';

const deals = resource([field('name'), field('status', 'enum'), field('due_time', 'instant'), field('close_date', 'date')], { resource: 'deals.deal' });
const calendar = { id: '1', kind: 'SAVED_VIEW_KIND_CALENDAR', calendarField: 'due_time', columns: [], filter: '', orderBy: '' } as unknown as SavedView;
const search = (text: string) => new URLSearchParams(text);
const saved = (view: SavedView | undefined, text: string, columns = '') => viewBody(deals, { view, filter: '', filterAt: 0, orderBy: '', group: undefined, order: '' }, search(text), columns, 'Mine', 'VISIBILITY_PRIVATE');

test('a list by days is saved as one, by the field that it shows', () => {
  expect(saved(undefined, 'as=calendar')).toMatchObject({ kind: 'SAVED_VIEW_KIND_CALENDAR', calendarField: 'close_date' });
  expect(saved(undefined, 'as=calendar&by=due_time')).toMatchObject({ calendarField: 'due_time' });
  expect(saved(calendar, '')).toMatchObject({ calendarField: 'due_time' });
  expect(saved(calendar, 'as=table')).toMatchObject({ kind: 'SAVED_VIEW_KIND_TABLE' });
});

test('what a view does not have can be saved: days in place of lines, and columns that the browser keeps', () => {
  expect([differs(undefined, search(''), ''), differs(calendar, search('as=calendar'), '')]).toEqual([false, false]);
  expect([differs(undefined, search('as=calendar'), ''), differs(calendar, search('as=table'), ''), differs(undefined, search(''), 'name'), differs(undefined, search('q=x'), '')]).toEqual([true, true, true, true]);
  expect(saved(undefined, '', 'close_date~:120,name')).toMatchObject({ columns: [{ path: 'close_date', width: 120, pinned: true }, { path: 'name' }] });
});

test('what a list is grouped by is saved with it, and of a view that is grouped, that it is', () => {
  const byStatus = { ...calendar, kind: 'SAVED_VIEW_KIND_TABLE', groupField: 'status' } as SavedView;
  expect([saved(undefined, 'group=status'), saved(byStatus, ''), saved(byStatus, 'group=none'), saved(undefined, 'group=name')].map(({ groupField }) => groupField)).toEqual(['status', 'status', '', '']);
  expect([differs(byStatus, search(''), ''), differs(byStatus, search('group=none'), '')]).toEqual([false, true]);
});

test('what a browser keeps of columns fits into a cookie', () => {
  let kept = {};
  for (let i = 0; i < 12; i++) kept = withKept(kept, listKey(`records.r${i}`, undefined), 'custom_fields.something:120,'.repeat(20));
  expect(encodeURIComponent(JSON.stringify(kept)).length).toBeLessThanOrEqual(3_500);
  expect(Object.keys(kept).at(-1)).toBe('records.r11|all');
});

test('what is shown stays when it cannot be read again, unless it may not be seen any more', () => {
  const refused = (status: number) => new ApiProblem(status, '', '', [], undefined, undefined);
  expect([isFatal({ data: 1, error: null }), isFatal({ data: 1, error: new Error() }), isFatal({ data: undefined, error: new Error() })]).toEqual([false, false, true]);
  expect([500, 403, 404].map((status) => isFatal({ data: 1, error: refused(status) }))).toEqual([false, true, true]);
});

test('a pipeline that is being written goes on where only its state is another, and is not written over what others changed', () => {
  const pipeline = (etag: string, more: object = {}) => ({ id: 'p', etag, name: 'Sales', stages: [], lossReasons: [], requiresLossReason: false, isDefault: false, ...more }) as unknown as Pipeline;
  const begun = begunWith(pipeline('1'));
  expect([goingOn(begun, pipeline('1')) === begun, isDirty(begun), goingOn(begun, pipeline('2', { name: 'Other' })).draft.name]).toEqual([true, false, 'Other']);
  const written = { ...begun, draft: { ...begun.draft, name: 'Mine' } };
  expect(goingOn(written, pipeline('2', { isDefault: true }))).toMatchObject({ base: { etag: '2' }, draft: { name: 'Mine' } });
  expect(goingOn(written, pipeline('2', { name: 'Other' }))).toBe(written);
});

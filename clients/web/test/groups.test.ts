import { expect, test } from 'vitest';
import type { Row, SavedView } from '../src/api/api';
import { isBoard } from '../src/board/board';
import { grouped, groupFieldsOf, groupOf, orderWithin } from '../src/records/groups';
import { askedOf } from '../src/records/views';
import { field, resource } from './made';

const status = field('status', 'enum', { enumValues: ['DEAL_STATUS_UNSPECIFIED', 'DEAL_STATUS_OPEN', 'DEAL_STATUS_WON'], sortable: false });
const size = field('custom_fields.size', 'single_choice', { builtIn: false });
const deals = resource([field('name'), status, size, field('owner_id', 'user', { access: 'masked', sortable: false }), field('vip', 'boolean', { sortable: false })], { resource: 'deals.deal' });
const view = (more: object) => ({ id: 'v', key: 'v', kind: 'SAVED_VIEW_KIND_TABLE', columns: [], filter: '', orderBy: '', groupField: '', calendarField: '', ...more }) as unknown as SavedView;
const search = (text: string) => new URLSearchParams(text);
const rows = (...values: unknown[]): Row[] => values.map((value, i) => ({ id: `${i}`, status: value }));
const open = { closed: new Set<string>(), hasMore: false, inOrder: false };

test('a list is grouped as its view says, and as its address says otherwise', () => {
  expect(groupFieldsOf(deals).map(({ path }) => path)).toEqual(['status', 'custom_fields.size', 'vip']);
  const byStatus = view({ groupField: 'status' });
  expect([groupOf(deals, search(''), byStatus), groupOf(deals, search('group=vip'), byStatus), groupOf(deals, search('group=none'), byStatus), groupOf(deals, search(''), view({ groupField: 'gone' })), groupOf(deals, search(''), undefined)].map((group) => group?.path)).toEqual(['status', 'vip', undefined, undefined, undefined]);
  expect(askedOf({ ...deals, views: [byStatus] }, search('view=v'))).toMatchObject({ group: { path: 'status' }, order: '' });
});

test('a view of stages opens as a board, and any other one that is grouped as a table', () => {
  const staged = resource([field('stage_id', 'id')], { resource: 'deals.deal' });
  const [stages, others] = [view({ kind: 'SAVED_VIEW_KIND_BOARD', groupField: 'stage_id' }), view({ kind: 'SAVED_VIEW_KIND_BOARD', groupField: 'status' })];
  expect([isBoard(staged, search(''), stages), isBoard(staged, search('as=table'), stages), isBoard(staged, search(''), others), isBoard(staged, search('as=board'), undefined)]).toEqual([true, false, false, true]);
});

test('records are asked for group after group where the platform sorts by it', () => {
  expect([orderWithin(deals, size, ''), orderWithin(deals, size, 'name desc'), orderWithin(deals, size, 'name, custom_fields.size desc')]).toEqual(['custom_fields.size, create_time desc', 'custom_fields.size, name desc', 'custom_fields.size desc, name']);
  const rolledUp = resource([size, field('custom_fields.sum', 'number', { definition: { rollUp: {} } as never })]);
  expect([orderWithin(deals, status, 'name'), orderWithin(deals, undefined, 'name'), orderWithin(rolledUp, size, 'custom_fields.sum desc')]).toEqual(['name', 'name', 'custom_fields.sum desc']);
});

test('groups have their records in the order of the choices, without a value last', () => {
  const found = grouped(rows('DEAL_STATUS_WON', '', 'DEAL_STATUS_OPEN', 'DEAL_STATUS_WON', 'DEAL_STATUS_UNSPECIFIED'), status, open);
  expect(found.groups.map(({ key, count }) => [key, count])).toEqual([['DEAL_STATUS_OPEN', 1], ['DEAL_STATUS_WON', 2], ['', 2]]);
  expect(found.rows.map(({ id }) => id)).toEqual(['2', '0', '3', '1', '4']);
  expect(found.lines.map((line) => ('row' in line ? line.row : line.group.key))).toEqual(['DEAL_STATUS_OPEN', 0, 'DEAL_STATUS_WON', 1, 2, '', 3, 4]);
});

test('a group that is closed keeps its head and its count, and shows no records', () => {
  const found = grouped(rows('DEAL_STATUS_OPEN', 'DEAL_STATUS_WON'), status, { ...open, closed: new Set(['DEAL_STATUS_OPEN']) });
  expect([found.rows.map(({ id }) => id), found.groups.map(({ open: isOpen, count }) => [isOpen, count]), found.lines.length]).toEqual([['1'], [[false, 1], [true, 1]], 3]);
});

test('a count says where there may be more: of the last group where they come one after the other, else of each', () => {
  const more = (inOrder: boolean) => grouped(rows('DEAL_STATUS_WON', 'DEAL_STATUS_OPEN'), status, { ...open, hasMore: true, inOrder }).groups.map((group) => [group.key, group.more]);
  expect([more(true), more(false)]).toEqual([[['DEAL_STATUS_WON', false], ['DEAL_STATUS_OPEN', true]], [['DEAL_STATUS_OPEN', true], ['DEAL_STATUS_WON', true]]]);
});

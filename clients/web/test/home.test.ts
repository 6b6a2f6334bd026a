import { describe, expect, it } from 'vitest';
import type { Row } from '../src/api/api';
import { packed, movedTo, resized } from '../src/home/arrange';
import { dashboardFor, type Dashboard } from '../src/home/dashboards';
import { isOnBoard, periodOf, tallyOf, tallyOfBoards } from '../src/home/tally';
import { blank, settled } from '../src/home/widgets';
import { field, resource } from './made';

describe('widgets on a dashboard', () => {
  const sized = (width: number, height: number) => blank('deals.deal', { width, height });
  const places = (...widgets: ReturnType<typeof sized>[]) => packed(widgets).map(({ x, y }) => [x, y]);

  it('stand beside each other while there is room, below where there is none, and never on one another', () => {
    expect(places(sized(6, 2), sized(6, 1), sized(3, 1), sized(12, 1))).toEqual([[0, 0], [6, 0], [6, 1], [0, 2]]);
    expect(places(sized(8, 2), sized(6, 1), sized(6, 1))).toEqual([[0, 0], [0, 2], [6, 2]]);
    const cells = packed([sized(4, 3), sized(4, 1), sized(3, 2), sized(6, 2), sized(12, 1), sized(3, 1)]).flatMap(({ x, y, width, height }) => Array.from({ length: width * height }, (_cell, at) => `${x + (at % width)},${y + Math.floor(at / width)}`));
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('change places and sizes within what there is', () => {
    expect([movedTo(['a', 'b', 'c'], 0, 2), movedTo(['a', 'b'], 0, -1)]).toEqual([['b', 'c', 'a'], ['a', 'b']]);
    expect([resized(sized(4, 1), 'wider').width, resized(sized(12, 1), 'wider').width, resized(sized(3, 1), 'narrower').width, resized(sized(3, 1), 'lower').height]).toEqual([6, 12, 3, 1]);
  });

  it('keep nothing that their kind does not show', () => {
    const chart = blank('deals.deal', { kind: 'WIDGET_KIND_CHART', groupBy: 'status', orderBy: 'name', aggregation: { function: 'AGGREGATE_FUNCTION_COUNT', field: 'amount' } });
    expect(settled(chart)).not.toHaveProperty('aggregation');
    expect([settled(chart).orderBy, settled({ ...chart, kind: 'WIDGET_KIND_NUMBER' }).groupBy]).toEqual(['', '']);
  });

  it('are of those for whom they are arranged', () => {
    const made = (id: string, more: Partial<Dashboard>) => ({ id, key: id, visibility: 'VISIBILITY_COMPANY', home: false, ownerId: '', defaultForRoles: [], position: 0, ...more }) as unknown as Dashboard;
    const all = [made('theirs', { visibility: 'VISIBILITY_PRIVATE', home: true, ownerId: 'bob' }), made('mine', { visibility: 'VISIBILITY_PRIVATE', home: true, ownerId: 'ann' }), made('sales', { defaultForRoles: ['sales'] }), made('all', { home: true })];
    expect((['me', 'everybody', 'role:sales', 'role:none'] as const).map((audience) => dashboardFor(all, audience, 'ann')?.id)).toEqual(['mine', 'all', 'sales', undefined]);
  });
});

describe('figures', () => {
  const deals = resource([field('status', 'enum'), field('amount', 'money'), field('close_date', 'date'), field('create_time', 'instant')], { resource: 'deals.deal' });
  const row = (status: string, amount?: string, currency = 'EUR', more = {}): Row => ({ id: `${status}${amount}${currency}`, status, ...(amount === undefined ? {} : { amount: { amount, currency } }), ...more });
  const told = { company: 'EUR', timeZone: 'Europe/Berlin', more: false };
  const sum = { function: 'AGGREGATE_FUNCTION_SUM' as const, field: 'amount' };

  it('count records, and none where there are none', () => {
    expect(tallyOf([row('A'), row('B')], deals, blank('deals.deal'), told).parts).toEqual([{ key: '', value: 2 }]);
    expect(tallyOf([], deals, blank('deals.deal', { aggregation: sum }), told)).toMatchObject({ parts: [{ value: 0 }], currency: 'EUR' });
  });

  it('add up money in the currency of the company, and say what is left out', () => {
    const rows = [row('A', '10.00'), row('A', '20.00', 'USD', { reportingRate: '0.5' }), row('B', '7.00', 'USD'), row('B')];
    expect(tallyOf(rows, deals, blank('deals.deal', { aggregation: sum, groupBy: 'status' }), told)).toEqual({ parts: [{ key: 'A', value: 20 }, { key: 'B', value: 0 }], currency: 'EUR', more: false, left: 1 });
    expect(tallyOf(rows.slice(0, 2), deals, blank('deals.deal', { aggregation: { ...sum, function: 'AGGREGATE_FUNCTION_AVERAGE' } }), told).parts[0]?.value).toBe(10);
  });

  it('are in the order of time by periods, by the clock of whoever looks', () => {
    const rows = [row('A', '1', 'EUR', { closeDate: '2026-11-30' }), row('A', '1', 'EUR', { closeDate: '2026-02-01' }), row('A', '1', 'EUR', { closeDate: '2026-11-01' })];
    expect(tallyOf(rows, deals, blank('deals.deal', { groupBy: 'close_date' }), told).parts.map(({ key, value }) => [key, value])).toEqual([['2026-02-01', 1], ['2026-11-01', 2]]);
    expect([periodOf('2026-11-30T23:30:00Z', 'PERIOD_DAY', 'Europe/Berlin'), periodOf('2026-11-29', 'PERIOD_WEEK', 'UTC'), periodOf('2026-11-29', 'PERIOD_QUARTER', 'UTC'), periodOf('2026-11-29', 'PERIOD_YEAR', 'UTC')])
      .toEqual(['2026-12-01', '2026-11-23', '2026-10-01', '2026-01-01']);
  });

  it('of deals are those of the boards, however many there are', () => {
    const boards = [{ pipelineId: 'p', pipelineName: 'P', stages: [{ stage: { id: 's', name: 'First' }, dealCount: 3, reportingAmount: { amount: '30.00', currency: 'EUR' } }, { stage: { id: 'o', name: 'Old', archived: true } }] }];
    const byStage = blank('deals.deal', { kind: 'WIDGET_KIND_CHART', groupBy: 'stage_id', aggregation: sum });
    expect([isOnBoard(byStage), isOnBoard({ ...byStage, groupBy: 'status' }), isOnBoard({ ...byStage, resource: 'contacts.lead' })]).toEqual([true, false, false]);
    expect(tallyOfBoards(boards, byStage)).toMatchObject({ parts: [{ key: 's', label: 'First', value: 30 }], currency: 'EUR' });
    expect(tallyOfBoards(boards, blank('deals.deal')).parts).toEqual([{ key: '', value: 3 }]);
  });
});

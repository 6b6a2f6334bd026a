import { describe, expect, it } from 'vitest';
import { bodyOf, emptyEntry, entriesOf, faultAt, shared, sumOf, type Entry } from '../src/deals/people';

const split = (who: string, what: string): Entry => ({ who, what });

describe('the lists of a deal', () => {
  const row = {
    id: 'd', contacts: [{ personId: 'p', role: 'Decides' }], team: [{ userId: 'u', role: '' }], splits: [{ userId: 'u', percent: '33.34', amount: { amount: '5.00', currency: 'EUR' } }],
    competitors: [{ id: 'c', name: 'Rival', status: 'COMPETITOR_STATUS_OUT', notes: 'Cheap' }, { id: 'e', name: 'Other' }],
  };

  it('are written and sent as they were read', () => {
    expect((['contacts', 'team', 'splits', 'competitors'] as const).map((part) => bodyOf(part, entriesOf(row, part)))).toEqual([
      [{ personId: 'p', role: 'Decides' }], [{ userId: 'u', role: '' }], [{ userId: 'u', percent: '33.34' }],
      [{ id: 'c', name: 'Rival', status: 'COMPETITOR_STATUS_OUT', notes: 'Cheap' }, { id: 'e', name: 'Other', status: 'COMPETITOR_STATUS_BIDDING', notes: '' }],
    ]);
    expect(entriesOf({ id: 'd' }, 'team')).toEqual([]);
  });

  it('leave out entries in which nobody is named, and tell faults of the others where they stand', () => {
    const entries = [emptyEntry('team'), split('u', ' Sales '), emptyEntry('team'), split('v', '')];
    expect(bodyOf('team', entries)).toEqual([{ userId: 'u', role: 'Sales' }, { userId: 'v', role: '' }]);
    const faults = new Map([['team[1].userId', 'Twice.'], ['team[0].role', 'Long.']]);
    expect([0, 1, 2, 3].map((index) => [faultAt(faults, 'team', entries, index, 0), faultAt(faults, 'team', entries, index, 1)])).toEqual([[undefined, undefined], [undefined, 'Long.'], [undefined, undefined], ['Twice.', undefined]]);
  });

  it('have shares that are added to the hundredth, however they are written', () => {
    expect([sumOf([split('a', '33,34'), split('b', '66.66 %'), split('', 'x')]), sumOf([split('a', '50'), split('b', '49.9')]), sumOf([split('a', 'half')]), sumOf([split('a', '')])]).toEqual([10_000, 9_990, undefined, undefined]);
    expect(bodyOf('splits', [split('a', ' 33,34 % ')])).toEqual([{ userId: 'a', percent: '33.34' }]);
  });

  it('are shared evenly so that all of it is shared', () => {
    const even = shared([split('a', ''), split('', ''), split('b', '9'), split('c', '')]);
    expect(even.map((entry) => entry.what)).toEqual(['33.34', '', '33.33', '33.33']);
    expect([sumOf(even), shared([split('a', ''), split('b', '')]).map((entry) => entry.what)]).toEqual([10_000, ['50', '50']]);
  });
});

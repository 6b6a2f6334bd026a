import { describe, expect, it } from 'vitest';
import { countOf, currencyIn, daysOf, dealsBehind, forecastQuery, groupsOf, monthsBetween, monthsOf, seesWeighted, stageBehind, topOf, wantedOf } from '../src/reports/reports';

const sum = (category: string, amount: string, weighted: string) => ({ category: `FORECAST_CATEGORY_${category}`, dealCount: 1, amount: { amount, currency: 'EUR' }, weightedAmount: { amount: weighted, currency: 'EUR' } });
const lines = [
  { month: '2026-12', sums: [sum('COMMIT', '100.00', '90.00')] },
  { month: '2026-11', ownerId: 'a', sums: [sum('CLOSED', '10.00', '10.00'), sum('OMITTED', '7.00', '0.00')] },
  { month: '2026-11', ownerId: 'b', sums: [sum('CLOSED', '5.00', '5.00'), sum('PIPELINE', '40.00', '8.00')] },
];

describe('a forecast', () => {
  it('is a month after the other, whoever the deals belong to, without what is omitted', () => {
    const months = monthsOf(lines, false);
    expect(months.map((month) => [month.month, month.total, month.bars.map((bar) => bar.amount)])).toEqual([['2026-11', 55, [15, 0, 0, 40]], ['2026-12', 100, [0, 100, 0, 0]]]);
    expect(monthsOf(lines, true).map((month) => month.total)).toEqual([23, 90]);
  });

  it('has the months without a deal too', () => {
    expect(monthsBetween('2026-11-15', '2027-01-01')).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(monthsOf(lines, false, ['2026-10']).map((month) => [month.month, month.total])).toEqual([['2026-10', 0], ['2026-11', 55], ['2026-12', 100]]);
    expect(monthsBetween('2020-01-01', '2025-01-01')).toEqual([]);
  });

  it('counts where amounts are hidden', () => {
    const hidden = [{ month: '2026-11', sums: [{ category: 'FORECAST_CATEGORY_COMMIT', dealCount: 3 }] }];
    expect([currencyIn(hidden), monthsOf(hidden, false)[0]!.bars[1]!.dealCount, currencyIn(lines)]).toEqual([undefined, 3, 'EUR']);
  });

  it('goes by probability only where that may be seen', () => {
    const hidden = [{ month: '2026-11', sums: [{ category: 'FORECAST_CATEGORY_COMMIT', dealCount: 3, amount: { amount: '5.00', currency: 'EUR' } }] }];
    expect([seesWeighted(hidden), seesWeighted(lines), seesWeighted([])]).toEqual([false, true, true]);
  });

  const about = { pipeline: '', by: '', bySplits: false, asOf: '', team: '', source: '' } as const;

  it('leads to the deals that it counts', () => {
    const categories = 'forecast_category = (FORECAST_CATEGORY_CLOSED OR FORECAST_CATEGORY_COMMIT OR FORECAST_CATEGORY_BEST_CASE OR FORECAST_CATEGORY_PIPELINE)';
    const days = { from: '2026-11-15', to: '2027-01-10' };
    expect(dealsBehind({ month: '2026-11' }, days, about)).toBe(`close_date >= 2026-11-15 AND close_date <= 2026-11-30 AND ${categories}`);
    expect(dealsBehind({ month: '2027-01', group: 'a' }, days, { ...about, pipeline: 'p', by: 'owner' })).toBe(`close_date >= 2027-01-01 AND close_date <= 2027-01-10 AND ${categories} AND pipeline_id = "p" AND owner_id = "a"`);
    expect(dealsBehind({ month: '2026-12', group: '' }, days, { ...about, by: 'team' })).toBe(`close_date >= 2026-12-01 AND close_date <= 2026-12-31 AND ${categories} AND team_id = null`);
    expect(dealsBehind({ month: '2026-12', group: 'trade "fair"' }, days, { ...about, by: 'source', team: 't' })).toBe(`close_date >= 2026-12-01 AND close_date <= 2026-12-31 AND ${categories} AND team_id = "t" AND source = "trade \\"fair\\""`);
    expect(stageBehind('s', { team: 't', source: '' })).toBe('stage_id = "s" AND team_id = "t"');
  });

  it('leads to none where no list has them: as it was once, and where several share a deal', () => {
    const days = { from: '2026-11-15', to: '2027-01-10' };
    expect([dealsBehind({ month: '2026-11' }, days, { ...about, asOf: '2026-10-01' }), dealsBehind({ month: '2026-11', group: 'a' }, days, { ...about, by: 'owner', bySplits: true })]).toEqual([undefined, undefined]);
  });

  it('is divided by what the address says, what is worth most first', () => {
    const more = [...lines.map((line) => ({ ...line, source: 'web' })), { month: '2026-12', source: 'fair', sums: [sum('COMMIT', '500.00', '1.00')] }, { month: '2026-12', sums: [] }];
    expect(groupsOf(more, 'source', false).map(({ group, sums }) => [group, sums.total, countOf(sums)])).toEqual([['fair', 500, 1], ['web', 155, 4], ['', 0, 0]]);
    expect(groupsOf(more, 'owner', true).map(({ group, sums }) => [group, sums.total])).toEqual([['', 91], ['b', 13], ['a', 10]]);
  });

  it('is asked for as the address has it', async () => {
    const asked = async (address: string) => {
      let query: unknown;
      const call = ((_method: string, _path: string, request: { query: unknown }) => { query = request.query; return Promise.resolve({}); }) as never;
      const { queryFn } = forecastQuery(call, wantedOf(new URLSearchParams(address), { timeZone: 'Europe/Berlin', language: 'en' }));
      await (queryFn as () => Promise<unknown>)();
      return JSON.parse(JSON.stringify(query)) as unknown;
    };
    expect(await asked('')).toEqual({ timeZone: 'Europe/Berlin' });
    // At the end of the day, by the clock of whoever looks; in winter and in summer.
    expect(await asked('by=team&credit=splits&asOf=2026-01-31&source=web')).toEqual({ timeZone: 'Europe/Berlin', groupBy: 'GROUPING_TEAM', asOf: '2026-01-31T23:00:00.000Z', source: 'web' });
    expect(await asked('by=owner&credit=splits&asOf=2026-03-29&team=t')).toEqual({ timeZone: 'Europe/Berlin', groupBy: 'GROUPING_OWNER', credit: 'CREDIT_SPLITS', asOf: '2026-03-29T22:00:00.000Z', teamId: 't' });
    expect(await asked('by=nothing&asOf=yesterday')).toEqual({ timeZone: 'Europe/Berlin' });
  });

  it.each([['2026-02', '2026-02-28'], ['2028-02', '2028-02-29'], ['2026-12', '2026-12-31']])('has the days of %s', (month, last) => expect(daysOf(month)).toEqual([`${month}-01`, last]));
});

describe('a scale', () => it.each([[0, 1], [1, 1], [1.2, 2], [23, 25], [26, 50], [51, 100], [100, 100], [7_300_000, 10_000_000]])('up to %d ends at %d', (most, top) => expect(topOf(most)).toBe(top)));

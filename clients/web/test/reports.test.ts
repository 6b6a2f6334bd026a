import { describe, expect, it } from 'vitest';
import { currencyIn, daysOf, dealsBehind, monthsBetween, monthsOf, seesWeighted, topOf } from '../src/reports/reports';

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

  it('leads to the deals that it counts', () => {
    const categories = 'forecast_category = (FORECAST_CATEGORY_CLOSED OR FORECAST_CATEGORY_COMMIT OR FORECAST_CATEGORY_BEST_CASE OR FORECAST_CATEGORY_PIPELINE)';
    const days = { from: '2026-11-15', to: '2027-01-10' };
    expect(dealsBehind({ month: '2026-11' }, days, '')).toBe(`close_date >= 2026-11-15 AND close_date <= 2026-11-30 AND ${categories}`);
    expect(dealsBehind({ month: '2027-01', ownerId: 'a' }, days, 'p')).toBe(`close_date >= 2027-01-01 AND close_date <= 2027-01-10 AND ${categories} AND pipeline_id = "p" AND owner_id = "a"`);
    expect(dealsBehind({ month: '2026-12', ownerId: '' }, days, '')).toBe(`close_date >= 2026-12-01 AND close_date <= 2026-12-31 AND ${categories} AND owner_id = null`);
  });

  it.each([['2026-02', '2026-02-28'], ['2028-02', '2028-02-29'], ['2026-12', '2026-12-31']])('has the days of %s', (month, last) => expect(daysOf(month)).toEqual([`${month}-01`, last]));
});

describe('a scale', () => it.each([[0, 1], [1, 1], [1.2, 2], [23, 25], [26, 50], [51, 100], [100, 100], [7_300_000, 10_000_000]])('up to %d ends at %d', (most, top) => expect(topOf(most)).toBe(top)));

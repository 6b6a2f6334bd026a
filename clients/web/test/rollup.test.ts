import { describe, expect, it } from 'vitest';
import { depthsOf, isPeriod, isSayable, periodsAround, rollupQuery, rollupWantedOf } from '../src/reports/rollup';
import type { Call } from '../src/api/api';

describe('a forecast of a team', () => {
  it('stands each person below the one above', () => {
    const sums = [] as const;
    const depths = depthsOf([{ userId: 'boss', sums }, { userId: 'lead', managerId: 'boss', sums }, { userId: 'ann', managerId: 'lead', sums }, { userId: 'bob', managerId: 'boss', sums }]);
    expect([...depths]).toEqual([['boss', 0], ['lead', 1], ['ann', 2], ['bob', 1]]);
  });

  it('is of the quarters and months around a day, over the turn of years', () => {
    const names = periodsAround('2026-11-27').map(({ name }) => name);
    expect(names.filter((name) => name.includes('Q'))).toEqual(['2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3']);
    expect(names.filter((name) => !name.includes('Q')).slice(0, 8)).toEqual(['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']);
    expect(periodsAround('2026-01-31')[0]!.name).toBe('2025-Q3');
    expect(periodsAround('2026-01-31').every(({ name }) => isPeriod(name))).toBe(true);
    expect(['', 'Q', '2026', '2026-13', '2026-Q5', '2026-Q4x'].some(isPeriod)).toBe(false);
  });

  it('asks for what its address says, and for nothing that it does not say', async () => {
    const asked: unknown[] = [];
    const call = ((...args: unknown[]) => { asked.push(args); return Promise.resolve({ nodes: [] }); }) as Call;
    for (const address of ['', 'period=2026-Q4&of=u1&credit=splits']) {
      const { queryFn } = rollupQuery(call, rollupWantedOf(new URLSearchParams(address), { timeZone: 'Europe/Berlin', language: 'en' }));
      await (queryFn as () => Promise<unknown>)();
    }
    expect(asked).toEqual([
      ['GET', '/api/v1/deals:forecastTree', { query: { period: undefined, userId: undefined, credit: undefined, timeZone: 'Europe/Berlin' } }],
      ['GET', '/api/v1/deals:forecastTree', { query: { period: '2026-Q4', userId: 'u1', credit: 'CREDIT_SPLITS', timeZone: 'Europe/Berlin' } }],
    ]);
  });

  it('says nothing else of what is won', () => {
    expect([isSayable('FORECAST_CATEGORY_CLOSED'), isSayable('FORECAST_CATEGORY_COMMIT')]).toEqual([false, true]);
  });
});

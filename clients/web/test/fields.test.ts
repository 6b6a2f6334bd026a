import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionsOf } from '../src/fields/choices';
import { formatDate, localOf } from '../src/fields/date';
import { currencyOf, formatMoney } from '../src/fields/money';
import { createNames } from '../src/fields/names';
import { formatNumber } from '../src/fields/number';
import { knownTypes } from '../src/fields/registry';
import { field } from './made';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('values', () => {
  it('are exact, and grouped as the language does it', () => {
    expect(formatNumber('123456789012345.1234567891', 'en')).toBe('123,456,789,012,345.1234567891');
    expect([plain(formatNumber('1234.5', 'ru', 2)), formatNumber('', 'en'), formatNumber('x', 'en')]).toEqual(['1 234,50', '', '']);
  });

  it('of money have their currency, known or not', () => {
    expect([formatMoney({ amount: '1234.5', currency: 'EUR' }, 'en'), plain(formatMoney({ amount: '1234.5', currency: 'EUR' }, 'ru'))]).toEqual(['€1,234.50', '1 234,50 €']);
    expect(formatMoney({ amount: '5', currency: '?' }, 'en')).toBe('5 ?');
  });

  it('of money are in the currency of their record, where it has one', () => {
    expect([currencyOf({ id: '1', currency: 'CHF', total: { amount: '1', currency: 'EUR' } }), currencyOf({ id: '1', total: { amount: '1', currency: 'USD' } }), currencyOf({ id: '1' }), currencyOf(undefined)]).toEqual(['CHF', 'USD', undefined, undefined]);
  });

  it('of days are the same day everywhere', () => {
    expect([formatDate('2026-05-31', 'en'), formatDate('2026-05-31T10:00:00Z', 'en'), formatDate(undefined, 'en')]).toEqual(['May 31, 2026', '', '']);
  });

  it('of moments go to the browser\'s field and back', () => {
    const moment = '2026-05-31T18:30:00.000Z';
    expect([new Date(localOf(moment)).toISOString(), localOf('soon')]).toEqual([moment, '']);
  });
});

describe('choices', () => {
  it('of an enum lose what all names begin with, and what says nothing', () => {
    const status = field('status', 'enum', { enumValues: ['LEAD_STATUS_UNSPECIFIED', 'LEAD_STATUS_NEW', 'LEAD_STATUS_IN_WORK'] });
    expect(optionsOf(status)).toEqual([{ key: 'LEAD_STATUS_NEW', label: 'New', hue: 1 }, { key: 'LEAD_STATUS_IN_WORK', label: 'In work' }]);
    expect(optionsOf(status, (key) => (key === 'LEAD_STATUS_NEW' ? 'Новый' : undefined)).map((option) => option.label)).toEqual(['Новый', 'In work']);
  });

  it('of a field have its labels', () => {
    const size = field('custom_fields.size', 'single_choice', { definition: { choices: [{ key: 's', label: 'Small', color: '#123456', deprecated: false }, { key: 'l', label: '', color: '', deprecated: true }] } as never });
    expect(optionsOf(size)).toEqual([{ key: 's', label: 'Small', color: '#123456', deprecated: false }, { key: 'l', label: 'l', deprecated: true }]);
  });
});

describe('the registry', () => {
  it('knows every type of field that the contract has', () => {
    const proto = readFileSync(new URL('../../../protos/platform/metadata/v1/resources.proto', import.meta.url), 'utf8');
    const described = /((?:\s+\/\/ .*"[a-z_]+",?.*\n)+)\s+string type = 4;/.exec(proto)![1]!;
    const types = [...described.matchAll(/"([a-z_]+)"/g)].map((match) => match[1]!);
    expect(types.length).toBeGreaterThan(15);
    expect(types.filter((type) => !knownTypes.includes(type))).toEqual([]);
  });
});

describe('names of other records', () => {
  it('are asked for once for a whole screen', async () => {
    const asked: string[] = [];
    const load = createNames(async (path, query) => {
      asked.push(`${path} ${query['filter']}`);
      return { rows: [{ id: 'a', name: 'Acme' }], next: '' };
    });
    expect(await Promise.all([load('/x', 'a'), load('/x', 'b'), load('/x', 'a')])).toEqual(['Acme', null, 'Acme']);
    expect(asked).toEqual(['/x id = (a OR b)']);
  });
});

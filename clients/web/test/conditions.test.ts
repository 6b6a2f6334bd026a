import { describe, expect, it } from 'vitest';
import { filterable, read, write, type Condition } from '../src/filters/conditions';
import { field, resource } from './made';

const deals = resource([
  field('name'), field('status', 'enum'), field('amount', 'money'), field('close_date', 'date'), field('create_time', 'instant'), field('owner_id', 'user'),
  field('custom_fields.vip', 'boolean'), field('address', 'message'), field('secret', 'text', { access: 'masked' }), field('company_id', 'relation'),
]);
const condition = (path: string, operator: Condition['operator'], value = ''): Condition => ({ path, operator, value });

describe('conditions', () => {
  it.each([
    ['name : "steel \\"x\\" 5\\*"', [condition('name', ':', 'steel "x" 5*')]],
    ['name = "Ann*" AND name != "b"', [condition('name', 'starts', 'Ann'), condition('name', '!=', 'b')]],
    ['status = DEAL_STATUS_OPEN AND amount >= 5000.50', [condition('status', '=', 'DEAL_STATUS_OPEN'), condition('amount', '>=', '5000.50')]],
    ['close_date < 2026-05-31 AND create_time >= daysAgo(30)', [condition('close_date', '<', '2026-05-31'), condition('create_time', 'last', '30')]],
    ['owner_id = user.id AND custom_fields.vip = true', [condition('owner_id', '=', 'user.id'), condition('custom_fields.vip', '=', 'true')]],
    ['company_id:* AND close_date = null', [condition('company_id', 'filled'), condition('close_date', 'empty')]],
    ['', []],
  ])('are read back as they were written: %s', (text, conditions) => expect([read(text, deals), write(conditions, deals)]).toEqual([conditions, text]));

  it.each([['name : "a" OR name : "b"'], ['NOT name:*'], ['(name = "x")'], ['nme = "x"'], ['name = "a*b"'], ['name = "x" AND '], ['amount > "5 EUR"  x'], ['close_date = today()']])('leave to text what they cannot say: %s', (text) =>
    expect(read(text, deals)).toBeUndefined());

  it('without a value are not sent', () => expect(write([condition('name', ':', ' '), condition('', '=', 'x'), condition('name', 'filled')], deals)).toBe('name:*'));

  it('are made of fields whose values the caller sees', () =>
    expect(filterable(deals).map((entry) => entry.path)).toEqual(['name', 'status', 'amount', 'close_date', 'create_time', 'owner_id', 'custom_fields.vip', 'company_id']));
});

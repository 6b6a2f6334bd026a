import { expect, test } from 'vitest';
import type { Field } from '../src/api/api';
import type { Column } from '../src/records/columns';
import { nextOrders, ordersOf } from '../src/records/filters';
import { placeAfter, placeBeside, rangeOf, readTsv, textOf, valueOf, writeTsv } from '../src/records/grid';
import { listKey, readKept, withKept } from '../src/records/kept';
import { arranged, movedBy, movedTo, pinnedAs, readSettings, resized, settingsOf, writeSettings } from '../src/records/layout';

const field = (path: string, type = 'text'): Field => ({ path, jsonPath: path, label: path, type, access: 'full' }) as Field;
const column = (path: string, more: Partial<Column> = {}): Column => ({ field: field(path), width: 100, sized: false, pinned: false, ...more });
const paths = (columns: readonly Column[]) => columns.map((one) => one.field.path);

test('columns stand in the address as somebody arranged them, and come back so', () => {
  const settings = readSettings('@:300,status~:120,custom_fields.size,amount:9999,9bad,status');
  expect(settings).toEqual([
    { path: '@', pinned: false, width: 300 }, { path: 'status', pinned: true, width: 120 }, { path: 'custom_fields.size', pinned: false, width: 0 }, { path: 'amount', pinned: false, width: 900 },
  ]);
  expect(readSettings(writeSettings(settings))).toEqual(settings);
  const shown = arranged([column('amount'), column('status'), column('other')], readSettings('amount,gone,status~:120'));
  expect(shown.map((one) => [one.field.path, one.width, one.sized, one.pinned])).toEqual([['status', 120, true, true], ['amount', 100, false, false]]);
  expect(writeSettings(settingsOf(shown, 0))).toBe('status~:120,amount');
});

test('a column is moved among those that are pinned as it is', () => {
  const columns = [column('a', { pinned: true }), column('b'), column('c'), column('d')];
  expect(paths(movedTo(columns, 'd', 'b'))).toEqual(['a', 'd', 'b', 'c']);
  expect(paths(movedTo(columns, 'b', 'd'))).toEqual(['a', 'c', 'd', 'b']);
  expect(paths(movedTo(columns, 'd', 'a'))).toEqual(['a', 'd', 'b', 'c']);
  expect(paths(movedBy(columns, 'b', -1))).toEqual(['a', 'b', 'c', 'd']);
  expect(paths(movedBy(columns, 'c', 1))).toEqual(['a', 'b', 'd', 'c']);
  expect(paths(pinnedAs(columns, 'd', true))).toEqual(['a', 'd', 'b', 'c']);
  expect(resized(columns, 'c', 5)[2]).toMatchObject({ width: 60, sized: true });
});

test('a browser keeps the columns of a few lists, and nothing that cannot be read', () => {
  expect(readKept('{"x"')).toEqual({});
  expect(readKept('{"a|all":"b","n":1}')).toEqual({ 'a|all': 'b' });
  let kept = {};
  for (let i = 0; i < 20; i++) kept = withKept(kept, listKey(`r${i}`, undefined), 'status');
  expect(Object.keys(kept)).toHaveLength(12);
  expect(withKept({ a: 'x', b: 'y' }, 'a', '')).toEqual({ b: 'y' });
});

test('keys lead through a table and not out of it, but for Tab at its end', () => {
  const at = { row: 0, column: 1 };
  const key = (name: string, ctrlKey = false) => placeAfter(at, { key: name, ctrlKey }, 100, 4, 15);
  expect(key('ArrowUp')).toEqual({ row: 0, column: 1 });
  expect(key('ArrowDown', true)).toEqual({ row: 99, column: 1 });
  expect(key('PageDown')).toEqual({ row: 15, column: 1 });
  expect(key('End')).toEqual({ row: 0, column: 3 });
  expect(key('a')).toBeUndefined();
  expect(placeBeside({ row: 0, column: 3 }, false, 2, 4)).toEqual({ row: 1, column: 0 });
  expect(placeBeside({ row: 0, column: 0 }, true, 2, 4)).toBeUndefined();
  expect(placeBeside({ row: 1, column: 3 }, false, 2, 4)).toBeUndefined();
  expect(rangeOf({ row: 3, column: 2 }, { row: 1, column: 4 })).toEqual({ top: 1, bottom: 3, left: 2, right: 4 });
});

test('what is copied is what spreadsheets paste, and the other way round', () => {
  const rows = [['plain', 'a\tb', 'two\nlines'], ['"quoted"', '', 'x']];
  expect(readTsv(writeTsv(rows))).toEqual(rows);
  expect(readTsv('a\tb\r\nc\t\r\n')).toEqual([['a', 'b'], ['c', '']]);
  expect(readTsv('one')).toEqual([['one']]);
});

test('a text becomes a value that the field takes, or nothing', () => {
  expect(valueOf(field('n', 'number'), ' 12 ', undefined)).toBe(12);
  expect(valueOf(field('n', 'number'), 'many', undefined)).toBeUndefined();
  expect(valueOf(field('b', 'boolean'), 'TRUE', undefined)).toBe(true);
  expect(valueOf(field('m', 'money'), '12.50', { amount: '1', currency: 'EUR' })).toEqual({ amount: '12.50', currency: 'EUR' });
  expect(valueOf(field('m', 'money'), '12.50', undefined)).toBeUndefined();
  expect(valueOf(field('m', 'money'), '3 USD', undefined)).toEqual({ amount: '3', currency: 'USD' });
  expect(valueOf(field('c', 'multiple_choice'), 'a, b', undefined)).toEqual(['a', 'b']);
  expect(valueOf(field('x', 'message'), 'a', undefined)).toBeUndefined();
  expect(valueOf(field('t'), '', 'before')).toBe('');
  expect(textOf({ amount: '12.50', currency: 'EUR' })).toBe('12.50 EUR');
});

test('records are ordered by several fields, one after the other', () => {
  expect(nextOrders('', 'name')).toBe('name');
  expect(nextOrders('name', 'amount')).toBe('name, amount');
  expect(nextOrders('name, amount', 'name')).toBe('name desc, amount');
  expect(nextOrders('name desc, amount', 'name')).toBe('amount');
  expect(ordersOf('a desc, b')).toEqual([{ path: 'a', descending: true }, { path: 'b', descending: false }]);
  expect(ordersOf('')).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { isEditable, isEmpty, nameOf, patchOf, seen, valueAt, withValue } from '../src/records/values';
import { field, resource } from './made';

const row = { id: '1', etag: '"7"', firstName: 'Ann', customFields: { size: 4, color: 'red' } };

describe('a record', () => {
  it('is read and changed by the path of a field, and nothing else of it', () => {
    const changed = withValue(row, 'customFields.size', 5);
    expect([valueAt(changed, 'customFields.size'), valueAt(changed, 'customFields.color'), valueAt(row, 'customFields.size')]).toEqual([5, 'red', 4]);
    expect(valueAt(row, 'address.city.name')).toBeUndefined();
  });

  it.each([
    [{ id: '1', firstName: 'Ann', lastName: 'Lee', email: 'a@b.example' }, 'Ann Lee'],
    [{ id: '1', subject: 'Call Ann' }, 'Call Ann'],
    [{ id: '1', name: 'Press', number: 'M-001' }, 'Press'],
    [{ id: '1', name: '', number: 'M-001' }, 'M-001'],
    [{ id: '0190ac3e-0000', firstName: '' }, '0190ac3e'],
  ])('has a name: %o', (record, name) => expect(nameOf(record)).toBe(name));

  it.each([[undefined], [null], [''], [[]], ['LEAD_STATUS_UNSPECIFIED']])('lacks a value that is %o', (value) => expect(isEmpty(value)).toBe(true));
  it.each([[0], [false], ['x']])('has a value that is %o', (value) => expect(isEmpty(value)).toBe(false));
});

describe('a change', () => {
  it('sends one field, its mask and the etag that was read', () => {
    expect(patchOf(row, field('first_name'), 'Bea')).toEqual({ mask: 'firstName', body: { id: '1', etag: '"7"', firstName: 'Bea' } });
  });

  it('removes a custom field by null, and one that is built in by leaving it out', () => {
    expect(patchOf(row, field('custom_fields.size', 'number'), '')).toEqual({ mask: 'customFields.size', body: { id: '1', etag: '"7"', customFields: { size: null } } });
    expect(JSON.stringify(patchOf(row, field('first_name'), '').body)).toBe('{"id":"1","firstName":undefined,"etag":"\\"7\\""}'.replace('"firstName":undefined,', ''));
  });
});

describe('rights', () => {
  it.each([
    [{ access: 'full' }, true, true], [{ access: 'read_only' }, true, false], [{ access: 'masked' }, true, false], [{ access: 'hidden' }, false, false],
    [{ outputOnly: true }, true, false],
  ])('are those of the descriptor: %o', (rights, visible, editable) => {
    const asked = field('phone', 'phone', rights);
    expect([seen(resource([asked])).length === 1, isEditable(asked)]).toEqual([visible, editable]);
  });
});

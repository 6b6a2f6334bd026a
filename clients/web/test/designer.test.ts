import { describe, expect, it } from 'vitest';
import { completed, meant, mended, suggest, wordBefore } from '../src/settings/objects/completion';
import { changesOf, faultsOf, inSections, keyOf, lastPosition, placed, stepped, typeGroups, typeOfName, type FieldDef, type Placement } from '../src/settings/objects/fields';

const def = (id: string, section: string, position: number, more: Partial<FieldDef> = {}) => ({ id, section, position, label: id, type: 'FIELD_TYPE_TEXT', ...more }) as FieldDef;
const after = (fields: readonly FieldDef[], places: readonly Placement[]) =>
  inSections(fields.map((field) => ({ ...field, ...places.find(({ id }) => id === field.id) }))).map(([section, entries]) => [section, entries.map((field) => field.id).join('')]);

describe('a key', () => {
  it('is what people call the field, in the letters of the API', () => {
    expect([keyOf('Contract end'), keyOf('Срок договора'), keyOf('  Größe (mm)'), keyOf('2nd name'), keyOf('№'), keyOf('x'.repeat(60))]).toEqual(['contract_end', 'srok_dogovora', 'grosse_mm', 'nd_name', '', 'x'.repeat(40)]);
  });
});

describe('the order of fields', () => {
  const fields = [def('a', '', 10), def('b', '', 20), def('c', '', 21), def('d', 'Terms', 0), def('e', 'Terms', 0), def('gone', '', 5, { deleteTime: '2026-01-01T00:00:00Z' })];

  it('is by section, place and age, without what was deleted', () => {
    expect(after(fields, [])).toEqual([['', 'abc'], ['Terms', 'de']]);
  });

  it('moves the field alone where there is room, else its section', () => {
    expect(placed(fields, 'c', '', 1)).toEqual([{ id: 'c', section: '', position: 15 }]);
    expect(placed(fields, 'a', '', 1).length).toBe(3);
  });

  it('is what was asked for, wherever a field goes', () => {
    for (const [id, section, at, order] of [['a', '', 2, [['', 'bca'], ['Terms', 'de']]], ['a', '', 1, [['', 'bac'], ['Terms', 'de']]], ['c', '', 0, [['', 'cab'], ['Terms', 'de']]], ['a', 'Terms', 1, [['', 'bc'], ['Terms', 'dae']]], ['e', '', 3, [['', 'abce'], ['Terms', 'd']]]] as const)
      expect(after(fields, placed(fields, id, section, at)), `${id} to ${section} ${at}`).toEqual(order);
  });

  it('goes step by step, over the edge into the next section, and no further', () => {
    expect(after(fields, stepped(fields, 'b', -1))).toEqual([['', 'bac'], ['Terms', 'de']]);
    expect(after(fields, stepped(fields, 'c', 1))).toEqual([['', 'ab'], ['Terms', 'cde']]);
    expect(after(fields, stepped(fields, 'd', -1))).toEqual([['', 'abcd'], ['Terms', 'e']]);
    expect([stepped(fields, 'a', -1), stepped(fields, 'e', 1)]).toEqual([[], []]);
  });

  it('has a place behind all others', () => {
    expect([lastPosition(fields, ''), lastPosition(fields, 'New')]).toEqual([31, 10]);
  });
});

describe('a field that is changed', () => {
  it('sends what is another now, and nothing that was left empty as it was', () => {
    const before = def('a', '', 10, { help: '', required: false, choices: [] });
    expect(changesOf(before, { ...before, label: 'B', required: true, position: 99 })).toEqual(['label', 'required']);
    expect(changesOf(before, before)).toEqual([]);
  });

  it('is told its faults part by part', () => {
    expect([...faultsOf([{ field: 'field.choices[0].label', message: 'x' }, { field: 'field.key', message: 'y' }], 'field')]).toEqual([['choices[0].label', 'x'], ['key', 'y']]);
  });

  it('is of one of the types of the platform', () => {
    const all = typeGroups.flatMap(([, names]) => names.map(typeOfName));
    expect([all.length, new Set(all).size]).toEqual([20, 20]);
  });
});

describe('a formula that is written', () => {
  const fields = [{ path: 'amount', label: 'Amount' }, { path: 'custom_fields.rate', label: 'Rate' }, { path: 'probability', label: 'Вероятность' }];
  const names = (word: string) => suggest(word, fields).map((entry) => entry.text);

  it('is offered fields by name or label, and functions', () => {
    expect(suggest('am', fields).map(({ text, kind }) => [text, kind])).toEqual([['amount', 'field'], ['amount', 'function']]);
    expect([names('rat')[0], names('вероя'), names('')]).toEqual(['custom_fields.rate', ['probability'], []]);
    expect(names('add')).toEqual(['addDays', 'addMonths', 'addYears']);
  });

  it('knows the word before the caret, but not within a text', () => {
    expect(wordBefore('amount * custom_fields.ra + 1', 25)).toEqual({ word: 'custom_fields.ra', from: 9 });
    expect(wordBefore('concat("am', 10)).toBeUndefined();
    expect(wordBefore('1 + ', 4)).toEqual({ word: '', from: 4 });
  });

  it('takes what is chosen in place of the word, and opens what a function takes', () => {
    expect(completed('1 + am', 4, 6, { text: 'amount', label: '', kind: 'field' })).toEqual({ formula: '1 + amount', caret: 10 });
    expect(completed('ro * 2', 0, 2, { text: 'round', label: '', kind: 'function' })).toEqual({ formula: 'round() * 2', caret: 6 });
    expect(completed('ro(2)', 0, 2, { text: 'round', label: '', kind: 'function' })).toEqual({ formula: 'round(2)', caret: 6 });
  });

  it('is mended by what was probably meant', () => {
    expect([meant("There is no field 'amuont'. Did you mean 'amount'?"), meant("Нет поля 'x'. Может быть, 'custom_fields.rate'?"), meant("There is no field 'x'.")]).toEqual(['amount', 'custom_fields.rate', undefined]);
    expect(mended('1 + amuont * 2', 4, 'amount')).toBe('1 + amount * 2');
  });
});

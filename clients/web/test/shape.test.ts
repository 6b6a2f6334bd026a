import { describe, expect, it } from 'vitest';
import type { SavedView } from '../src/api/api';
import { columnsOf } from '../src/records/columns';
import { askedSections, sectionsOf } from '../src/records/sections';
import { menuOf } from '../src/shell/menu';
import { viewOf } from '../src/records/views';
import { field, resource } from './made';

const view = (id: string, more: Partial<SavedView> = {}) => ({ id, key: id, label: id, filter: '', orderBy: '', columns: [], ...more }) as unknown as SavedView;
const read = [{ action: 'read', allowed: true, conditional: false }];

describe('columns', () => {
  const fields = [field('id', 'id'), field('first_name'), field('email', 'email'), field('address', 'message'), field('phone', 'phone', { access: 'hidden' }), field('create_time', 'instant', { outputOnly: true })];

  it('are what says most, without parts of the name, what is hidden and what is no single value', () => {
    expect(columnsOf(resource(fields), undefined).map((column) => column.field.path)).toEqual(['email', 'create_time']);
  });

  it('are those of the view, as wide as it says, without fields that are gone', () => {
    const columns = columnsOf(resource(fields), view('v', { columns: [{ path: 'create_time', width: 90, pinned: false }, { path: 'gone', width: 0, pinned: false }, { path: 'phone', width: 0, pinned: false }] }));
    expect(columns.map(({ field: { path }, width }) => [path, width])).toEqual([['create_time', 90]]);
  });

  it('open with the view that the descriptor names, unless all was asked for', () => {
    const people = resource(fields, { views: [view('a'), view('b')], defaultViewId: 'b' });
    expect([viewOf(people, null)?.id, viewOf(people, 'a')?.id, viewOf(people, 'all')]).toEqual(['b', 'a', undefined]);
  });
});

describe('a form', () => {
  it('asks for what can be written, in the order of the layout', () => {
    const fields = [field('name'), field('total', 'formula', { outputOnly: true }), field('size', 'number'), field('secret', 'text', { access: 'read_only' })];
    expect(askedSections(resource(fields)).flatMap((section) => section.fields.map((entry) => entry.path))).toEqual(['name', 'size']);
  });

  it('has the sections of the layout without what is hidden', () => {
    const layouts = [{ kind: 'LAYOUT_KIND_FORM', condition: '', sections: [{ title: 'Main', fields: [{ path: 'size', readOnly: true }, { path: 'gone' }] }, { title: 'None', fields: [{ path: 'gone' }] }] }];
    const sections = sectionsOf(resource([field('size')], { layouts: layouts as never }));
    expect(sections.map((section) => [section.title, section.fields.map((entry) => entry.path), [...section.readOnly]])).toEqual([['Main', ['size'], ['size']]]);
  });
});

describe('the menu', () => {
  it('has what may be read, objects of the company among it, and what it does not know under more, but for what stands elsewhere', () => {
    const named = (name: string, allowed = true) => resource([], { resource: name, pluralLabel: name, actions: [{ ...read[0]!, allowed }] });
    const menu = menuOf([named('finance.invoice', false), named('records.visit'), named('records.machine'), named('contacts.person'), named('contacts.relation'), named('inventory.price'), named('stock.item')], 'en');
    expect(menu.map((group) => [group.key, group.resources.map((entry) => entry.resource)])).toEqual([
      ['relations', ['contacts.person']], ['objects', ['records.machine', 'records.visit']], ['more', ['stock.item']],
    ]);
  });

  it('has objects in the order of the language of the page, whatever the machine speaks', () => {
    const named = (label: string) => resource([], { resource: `records.${label.length}`, pluralLabel: label, actions: read });
    const order = (language: 'en' | 'ru') => menuOf([named('Zoo'), named('Ящик'), named('Ёлка!')], language)[0]!.resources.map((entry) => entry.pluralLabel);
    expect([order('en'), order('ru')]).toEqual([['Zoo', 'Ёлка!', 'Ящик'], ['Ёлка!', 'Ящик', 'Zoo']]);
  });
});

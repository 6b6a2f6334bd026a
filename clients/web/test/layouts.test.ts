import { describe, expect, it } from 'vitest';
import { asksRecord, begun, hidden, hiddenOf, put, settled, shownFor, stepped, withoutSection, writtenFields, type Section } from '../src/layouts/layouts';
import { field, resource } from './made';

const section = (title: string, ...paths: string[]): Section => ({ title, titleTranslations: {}, columns: 1, collapsed: false, fields: paths.map((path) => ({ path, width: 0, readOnly: false, help: '', helpTranslations: {} })) });
const paths = (sections: readonly Section[]) => sections.map((entry) => entry.fields.map((known) => known.path).join(' '));

describe('a layout', () => {
  const sections = [section('One', 'a', 'b'), section('Two', 'c')];

  it('has fields moved by steps, from section to section, and to any place', () => {
    expect([paths(stepped(sections, 'a', 1)), paths(stepped(sections, 'b', 1)), paths(stepped(sections, 'c', -1)), paths(stepped(sections, 'a', -1))]).toEqual([['b a', 'c'], ['a', 'b c'], ['a b c', ''], ['a b', 'c']]);
    expect([paths(put(sections, 'c', { section: 0, at: 1 })), paths(put(sections, 'new', { section: 1, at: 0 })), paths(hidden(sections, 'a'))]).toEqual([['a c b', ''], ['a b', 'new c'], ['b', 'c']]);
  });

  it('loses no field with a section, and keeps none that is empty', () => {
    expect([paths(withoutSection(sections, 0)), paths(withoutSection(sections, 1)), paths(withoutSection([sections[0]!], 0))]).toEqual([['a b c'], ['a b c'], ['a b']]);
    const people = resource([field('a'), field('b'), field('secret', 'text', { access: 'hidden' })]);
    expect(paths(settled({ ...begun(people, 'LAYOUT_KIND_FORM', { label: 'Form', labelTranslations: {} }, []), sections: [section('One', 'a'), section('None')] }).sections)).toEqual(['a']);
    expect(hiddenOf(people, [section('One', 'a')]).map((entry) => entry.path)).toEqual(['b']);
  });

  it('begins with what is shown, in every language in which that was written', () => {
    const written = { id: 'l', kind: 'LAYOUT_KIND_FORM', position: 30, sections: [{ ...section('One', 'a'), titleTranslations: { ru: 'Один' } }] };
    const people = resource([field('a')], { layouts: [{ ...written, sections: [{ ...section('Один', 'a'), titleTranslations: { ru: 'Один' } }, section('Ещё', 'b')] }] as never });
    const draft = begun(people, 'LAYOUT_KIND_FORM', { label: 'Form', labelTranslations: { ru: 'Форма' } }, [written] as never);
    expect([draft.position, draft.labelTranslations, draft.sections.map(({ title, titleTranslations }) => [title, titleTranslations])]).toEqual([20, { ru: 'Форма' }, [['One', { ru: 'Один' }], ['Ещё', {}]]]);
    // What nobody wrote is made by the platform, in all its languages.
    const made = resource([field('a')], { layouts: [{ kind: 'LAYOUT_KIND_FORM', generated: true, sections: [{ ...section('История', 'a'), titleTranslations: { en: 'History', de: 'Verlauf', ru: 'История' } }] }] as never });
    expect(begun(made, 'LAYOUT_KIND_FORM', { label: 'Form', labelTranslations: {} }, []).sections.map(({ title, titleTranslations }) => [title, titleTranslations])).toEqual([['History', { de: 'Verlauf', ru: 'История' }]]);
  });

  it('for whatever record is the last of its kind, those before it ask something of the record', () => {
    const layouts = [{ kind: 'LAYOUT_KIND_FORM', condition: 'a = 1', sections: [] }, { kind: 'LAYOUT_KIND_FORM', condition: 'user.roles : "x"', sections: [section('', 'a', 'gone')], generated: false }, { kind: 'LAYOUT_KIND_LIST', sections: [section('', 'a')], generated: true }];
    const people = resource([field('a')], { layouts: layouts as never });
    expect([shownFor(people, 'LAYOUT_KIND_FORM')?.condition, asksRecord(people, 'LAYOUT_KIND_FORM'), asksRecord(people, 'LAYOUT_KIND_LIST')]).toEqual(['user.roles : "x"', true, false]);
    expect([writtenFields(people, 'LAYOUT_KIND_FORM').length, writtenFields(people, 'LAYOUT_KIND_LIST').length]).toEqual([1, 0]);
  });
});

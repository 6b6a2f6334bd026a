import { describe, expect, it } from 'vitest';
import { askable, consentKey, faultAt, linkFor, raised, slugOf } from '../src/settings/forms/forms';
import type { FieldDef } from '../src/settings/objects/fields';
import type { ObjectType } from '../src/settings/objects/metadata';
import { begun, fitting, madeFor, missing, publicOf } from '../src/settings/publishing/publishing';
import { field, resource } from './made';

const own = (key: string, type: string, more: Partial<FieldDef> = {}) => ({ id: key, key, resource: 'records.article', type: `FIELD_TYPE_${type}`, unique: false, position: 0, ...more }) as FieldDef;
const article = { id: '1', resource: 'records.article' } as ObjectType;
const fields = [own('note', 'TEXT'), own('slug', 'TEXT', { unique: true }), own('open', 'BOOLEAN'), own('text', 'LONG_TEXT'), own('topic', 'SINGLE_CHOICE'), own('old', 'BOOLEAN', { deleteTime: '2026-01-01T00:00:00Z' }), own('other', 'BOOLEAN', { resource: 'records.other' })];

describe('a knowledge base', () => {
  it('is made of fields that fit, those that fit best first', () => {
    expect(fitting(fields, 'records.article', 'publishedField').map(({ key }) => key)).toEqual(['open']);
    expect(fitting(fields, 'records.article', 'slugField').map(({ key }) => key)).toEqual(['slug']);
    expect(fitting(fields, 'records.article', 'bodyField').map(({ key }) => key)).toEqual(['text', 'note', 'slug']);
    expect(begun(article, fields)).toEqual({ slugField: 'slug', publishedField: 'open', bodyField: 'text', summaryField: '', categoryField: 'topic' });
  });

  it('says which fields are missing, and makes them under names that are free', () => {
    expect(missing(article, fields)).toEqual([]);
    // The name in the address is no text of an article.
    expect(missing(article, [own('slug', 'TEXT', { unique: true })])).toEqual(['publishedField', 'bodyField']);
    expect(madeFor('slugField', 'Address', 'Адрес', 'records.article', [own('slug', 'TEXT')])).toEqual({ resource: 'records.article', key: 'slug_2', label: 'Address', labelTranslations: { ru: 'Адрес' }, type: 'FIELD_TYPE_TEXT', unique: true });
    expect(madeFor('summaryField', 'x', '', 'records.article', [])).toBeUndefined();
  });

  it('is of the object that is public and in use', () => {
    const publication = begun(article, fields);
    expect(publicOf([article, { ...article, id: '2', publication, deleteTime: 'x' }, { ...article, id: '3', publication }])?.id).toBe('3');
  });
});

describe('a form', () => {
  it('asks for what says nothing about others', () => {
    const leads = resource([field('email', 'email'), field('last_name'), field('status', 'enum'), field('custom_fields.budget', 'number'), field('custom_fields.code', 'text', { definition: { unique: true } as never }), field('custom_fields.sum', 'number', { outputOnly: true }), field('custom_fields.tags', 'multiple_choice')]);
    expect(askable(leads).map(({ path }) => path)).toEqual(['last_name', 'email', 'custom_fields.budget']);
  });

  it('has a name in the address after its title, in any language', () => {
    expect([slugOf('Talk to us!'), slugOf('Поговорите с нами')]).toEqual(['talk-to-us', 'pogovorite-s-nami']);
  });

  it('gives each consent a key of its own', () => {
    const known = [{ key: 'you_may_keep', text: '', textTranslations: {}, required: true }];
    expect([consentKey('You may keep what I send.', known), consentKey('Можно хранить', []), consentKey('', [])]).toEqual(['you_may_keep_2', 'mozhno_hranit', 'consent']);
  });

  it('has its fields in another order, and faults at each', () => {
    expect([raised(['a', 'b', 'c'], 2), raised(['a', 'b'], 0)]).toEqual([['a', 'c', 'b'], ['a', 'b']]);
    expect(faultAt(new Map([['fields[11].path', 'far'], ['fields[1].path', 'near']]), 'fields', 1)).toBe('near');
  });

  it('is linked to from a page of the company’s own', () => {
    expect(linkFor({ path: '/forms/acme/talk', title: 'Talk & "ask"' }, 'https://crm.example')).toBe('<a href="https://crm.example/forms/acme/talk">Talk &#38; &#34;ask&#34;</a>');
  });
});

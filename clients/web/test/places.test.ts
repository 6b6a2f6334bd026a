import { describe, expect, it } from 'vitest';
import { accepted, localeOf, preferred, zoneOf } from '../src/i18n/languages';
import en from '../src/i18n/en.json';
import ru from '../src/i18n/ru.json';
import { pageOf } from '../src/records/queries';
import { happeningOf, noteOf, sourceOf } from '../src/records/timeline';
import { listPath, narrowedPath, placeOf, recordPath } from '../src/routing/places';
import { resource } from './made';

describe('addresses', () => {
  it('lead to what they name', () => {
    expect([placeOf('/'), placeOf('/o/records.machine/'), placeOf(listPath('records.machine')), placeOf(recordPath('contacts.person', 'a/b'))]).toEqual([
      { at: 'home' }, { at: 'list', resource: 'records.machine' }, { at: 'list', resource: 'records.machine' }, { at: 'record', resource: 'contacts.person', id: 'a/b' },
    ]);
  });

  it('lead to all that a filter finds, past the view with which the list opens', () => {
    const search = new URL(narrowedPath('deals.deal', 'company_id = "1 & 2"'), 'http://x').searchParams;
    expect([search.get('view'), search.get('filter')]).toEqual(['all', 'company_id = "1 & 2"']);
  });

  it.each([['/x'], ['/o'], ['/o/a/b/c']])('lead nowhere: %s', (path) => expect(placeOf(path)).toEqual({ at: 'nowhere' }));
});

describe('languages', () => {
  const keys = (node: object, path = ''): string[] => Object.entries(node).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${path}${key}.`) : [`${path}${key}`]));
  const said = (node: object) => keys(node).filter((key) => !key.startsWith('values.')).sort();

  it('say the same things', () => expect(said(ru)).toEqual(said(en)));

  it.each([[undefined, ['ru-RU', 'en'], 'ru'], ['en', ['ru'], 'en'], [undefined, ['de', 'fr'], 'en'], ['xx', ['de', 'ru'], 'ru']])('are chosen: %s of %o', (chosen, browser, language) =>
    expect(preferred(chosen, browser)).toBe(language));

  it('are read from what the browser sends, the most wanted first', () => {
    expect([accepted('ru;q=0.5, en-GB, de;q=0, fr ; q=0.9'), accepted(null)]).toEqual([['en-GB', 'fr', 'ru'], []]);
    expect([localeOf('en', ['ru', 'en-GB']), localeOf('en', ['en_"<x>']), localeOf('ru', ['en'])]).toEqual(['en-GB', 'en', 'ru']);
  });

  it('have days in a zone that there is', () => expect([zoneOf('Europe/Berlin'), zoneOf('x'), zoneOf('')]).toEqual(['Europe/Berlin', 'UTC', 'UTC']));
});

describe('answers', () => {
  it('have their records in whatever list there is', () => {
    expect(pageOf({ people: [{ id: '1' }], nextPageToken: 't' })).toEqual({ rows: [{ id: '1' }], next: 't' });
    expect(pageOf({})).toEqual({ rows: [], next: '' });
  });
});

describe('the timeline', () => {
  it('is asked for where each resource has it', () => {
    const machine = resource([], { resource: 'records.machine', restPath: '/api/v1/objects/machines' });
    expect(sourceOf(machine, { id: '1' })?.path).toBe('/api/v1/objects/machines/1/timeline');
    expect(sourceOf(resource([]), { id: '1' })?.query).toEqual({ personId: '1', pageSize: 50 });
    expect(sourceOf(resource([], { resource: 'deals.deal' }), { id: '1' })).toBeUndefined();
    expect(noteOf(machine, { id: '1' }, 'Hello')).toEqual({ path: '/api/v1/objects/machines/1/notes', body: { body: 'Hello' } });
  });

  it('tells notes and changes alike', () => {
    expect(happeningOf({ id: '1', kind: 'TIMELINE_KIND_CHANGED', time: 't', actor: 'a', changes: [{ field: 'name', from: 'A', to: 'B' }] })).toMatchObject({ kind: 'changed', changes: [{ path: 'name', from: 'A', to: 'B', masked: false }] });
    expect(happeningOf({ id: '1', kind: 'ACTIVITY_KIND_NOTE', subject: 'S', body: 'B', occurTime: 't' })).toMatchObject({ kind: 'note', title: 'S', body: 'B', time: 't' });
  });
});

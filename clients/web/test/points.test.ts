import { describe, expect, it } from 'vitest';
import { countryIn, pointsOf, tidy, valueOf, written } from '../src/fields/points';
import { kindOf } from '../src/fields/registry';
import { field } from './made';

describe('e-mails, phones and addresses beside the main ones', () => {
  it('are written as they were read, without what was left empty', () => {
    const phones = [{ number: '0171 2345678', label: 'mobile', e164: '+491712345678' }];
    expect(pointsOf('other_phones', phones)).toEqual([{ value: '0171 2345678', label: 'mobile' }]);
    expect(valueOf('other_phones', [...pointsOf('other_phones', phones), { value: ' ', label: 'home' }])).toEqual([{ number: '0171 2345678', label: 'mobile' }]);
    expect(valueOf('other_emails', [{ value: ' a@b.example ', label: ' work ' }])).toEqual([{ address: 'a@b.example', label: 'work' }]);
    expect(valueOf('other_addresses', [{ value: { lines: [''], city: ' Köln ' }, label: '' }, { value: { lines: [' '], country: '' }, label: 'x' }])).toEqual([{ address: { city: 'Köln' }, label: '' }]);
    expect([pointsOf('other_emails', undefined), valueOf('other_emails', [])]).toEqual([[], []]);
  });

  it('have addresses in one line, with the country by its name', () => {
    expect(written({ lines: ['Domkloster 4'], postalCode: '50667', city: 'Köln', country: 'DE' }, 'ru')).toBe('Domkloster 4, 50667 Köln, Германия');
    expect([written({}, 'en'), countryIn('not', 'en'), tidy({ lines: [' a ', ''], region: ' ' })]).toEqual(['', 'not', { lines: ['a'] }]);
  });

  it('are edited on pages, and not in a cell', () => {
    const kinds = [field('other_emails', 'list'), field('other_addresses', 'list'), field('address', 'message')].map(kindOf);
    expect(kinds.map(({ Editor, composed }) => [Editor !== undefined, composed])).toEqual([[true, true], [true, true], [true, true]]);
    expect([field('other_emails', 'list', { builtIn: false }), field('lines', 'list')].map((entry) => kindOf(entry).Editor)).toEqual([undefined, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { faultsAt, faultsOf, wholeOf } from '../src/fields/faults';
import { countryIn, faultsOfPoints, pointsOf, tidy, valueOf, written } from '../src/fields/points';
import { dialled } from '../src/fields/reference';
import { kindOf } from '../src/fields/registry';
import { field } from './made';

describe('e-mails, phones and addresses beside the main ones', () => {
  it('are written as they were read, without what was left empty', () => {
    const phones = [{ number: '0171 2345678', label: 'mobile', e164: '+491712345678' }];
    expect(pointsOf('other_phones', phones)).toEqual([{ value: '0171 2345678', label: 'mobile', e164: '+491712345678' }]);
    expect(valueOf('other_phones', [...pointsOf('other_phones', phones), { value: ' ', label: 'home' }])).toEqual([{ number: '0171 2345678', label: 'mobile' }]);
    expect(valueOf('other_emails', [{ value: ' a@b.example ', label: ' work ' }])).toEqual([{ address: 'a@b.example', label: 'work' }]);
    expect(valueOf('other_addresses', [{ value: { lines: [''], city: ' Köln ' }, label: '' }, { value: { lines: [' '], country: '' }, label: 'x' }])).toEqual([{ address: { city: 'Köln' }, label: '' }]);
    expect([pointsOf('other_emails', undefined), valueOf('other_emails', [])]).toEqual([[], []]);
  });

  it('have addresses in one line, with the country by its name', () => {
    expect(written({ lines: ['Domkloster 4'], postalCode: '50667', city: 'Köln', country: 'DE' }, 'ru')).toBe('Domkloster 4, 50667 Köln, Германия');
    expect([written({}, 'en'), countryIn('not', 'en'), tidy({ lines: [' a ', ''], region: ' ' })]).toEqual(['', 'not', { lines: ['a'] }]);
  });

  it('are dialled as E.164 where it is known, and as typed otherwise', () => {
    expect([dialled('0171 234-56 78', '+491712345678'), dialled('0171 234-56 78', ''), dialled('+49 (30) 1', undefined)]).toEqual(['tel:+491712345678', 'tel:01712345678', 'tel:+49301']);
  });

  it('have what is wrong with each at its place, and what was left empty is not counted', () => {
    const refused = [
      { field: 'person.otherEmails[1].address', message: 'twice' }, { field: 'person.otherEmails', message: 'too many' },
      { field: 'person.otherAddresses[0].address.country', message: 'no country' }, { field: 'person.address.lines[1]', message: 'too long' }, { field: 'person.email', message: 'not this' },
    ];
    const emails = faultsOf(field('other_emails', 'list'), refused);
    expect(emails).toEqual([{ place: '[1].address', message: 'twice' }, { place: '', message: 'too many' }]);
    expect([wholeOf(emails, true), wholeOf(emails, false)]).toEqual(['too many', 'twice']);
    const points = [{ value: 'a@b.example', label: '' }, { value: ' ', label: '' }, { value: 'A@b.example', label: 'work' }];
    expect(faultsOfPoints(points, emails)).toEqual([[], [], [{ place: '.address', message: 'twice' }]]);
    const [address] = faultsOfPoints([{ value: { city: 'Köln' }, label: '' }], faultsOf(field('other_addresses', 'list'), refused));
    expect(faultsAt(faultsAt(address!, 'address'), 'country')).toEqual([{ place: '', message: 'no country' }]);
    expect(faultsOf(field('address', 'message'), refused)).toEqual([{ place: '.lines[1]', message: 'too long' }]);
  });

  it('are edited on pages, and not in a cell', () => {
    const kinds = [field('other_emails', 'list'), field('other_addresses', 'list'), field('address', 'message')].map(kindOf);
    expect(kinds.map(({ Editor, composed }) => [Editor !== undefined, composed])).toEqual([[true, true], [true, true], [true, true]]);
    expect([field('other_emails', 'list', { builtIn: false }), field('lines', 'list')].map((entry) => kindOf(entry).Editor)).toEqual([undefined, undefined]);
  });
});

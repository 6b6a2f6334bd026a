import { describe, expect, it } from 'vitest';
import { byItself, comparedFields, differs, mergeBody } from '../src/duplicates/duplicates';
import { isConvertible } from '../src/leads/conversion';
import { field, resource } from './made';

const fields = [field('phone'), field('email'), field('job_title'), field('size', 'formula', { outputOnly: true }), field('website'), field('secret', 'text', { access: 'hidden' })];
const people = resource(fields);
const [first, second] = [{ id: '1', etag: 'a', phone: '1', jobTitle: 'Buyer', size: 1, secret: 'x' }, { id: '2', etag: 'b', phone: '2', email: 'ann@people.example', jobTitle: 'Buyer', size: 2 }];

describe('two records that may be the same', () => {
  const shown = comparedFields(people, first, second);

  it('are compared in what can be written and one of them has', () => {
    expect(shown.map((entry) => entry.path)).toEqual(['phone', 'email', 'job_title']);
    expect(shown.map((entry) => differs(entry, first, second))).toEqual([true, true, false]);
  });

  it('become one with the values of the one that stays, and of the other where it has none', () => {
    expect([byItself(fields[0]!, first, second), byItself(fields[1]!, first, second), byItself(fields[1]!, second, first)]).toEqual(['1', '2', '2']);
    expect(mergeBody(shown, first, second, new Map([['phone', '2'], ['email', '2']]))).toEqual({ etag: 'a', merged: [{ id: '2', etag: 'b' }], choices: [{ field: 'phone', recordId: '2' }] });
    expect(mergeBody(shown, second, first, new Map([['email', '1']])).choices).toEqual([{ field: 'email', recordId: '1' }]);
  });
});

describe('a lead', () => it('is converted once', () => {
  const leads = resource([], { resource: 'contacts.lead' });
  expect([isConvertible(leads, { id: '1', status: 'LEAD_STATUS_NEW' }), isConvertible(leads, { id: '1', status: 'LEAD_STATUS_CONVERTED' }), isConvertible(people, first)]).toEqual([true, false, false]);
}));

import { describe, expect, it } from 'vitest';
import { QueryClient } from '@tanstack/react-query';
import type { Call } from '../src/api/api';
import { byItself, comparedFields, differs, duplicatesQuery, mergeBody } from '../src/duplicates/duplicates';
import { convertLead, isConvertible } from '../src/leads/conversion';
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

describe('pairs', () => it('come page by page', async () => {
  const pair = (id: string) => ({ id, resource: 'contacts.person', firstId: '1', secondId: '2' });
  const asked: unknown[] = [];
  const call: Call = <T>(_method: string, _path: string, request?: { query?: Readonly<Record<string, unknown>> }) => {
    asked.push(request?.query?.['pageToken']);
    return Promise.resolve((asked.length === 1 ? { duplicates: [pair('a')], nextPageToken: 'b' } : { duplicates: [pair('b')] }) as T);
  };
  const { pages } = await new QueryClient().fetchInfiniteQuery({ ...duplicatesQuery(call, 'contacts.person'), pages: 5 });
  expect([pages.flatMap((page) => (page.duplicates ?? []).map(({ id }) => id)), asked]).toEqual([['a', 'b'], [undefined, 'b']]);
}));

describe('a lead', () => {
  const lead = { id: '1', status: 'LEAD_STATUS_NEW' };
  const bodies: unknown[] = [];
  const call: Call = <T>(_method: string, _path: string, request?: { body?: unknown }) => Promise.resolve((bodies.push(request?.body) === 1 ? { personId: 'p', companyId: '', dealId: 'd' } : { personId: 'p', companyId: '', dealId: '' }) as T);

  it('is converted once', () => {
    const leads = resource([], { resource: 'contacts.lead' });
    expect([isConvertible(leads, lead), isConvertible(leads, { id: '1', status: 'LEAD_STATUS_CONVERTED' }), isConvertible(people, first)]).toEqual([true, false, false]);
  });

  it('is converted with a deal in one call, or without one', async () => {
    expect([await convertLead(call, lead, 'Big', 'EUR'), await convertLead(call, lead, '', 'EUR')]).toEqual([{ personId: 'p', dealId: 'd' }, { personId: 'p' }]);
    expect(bodies).toEqual([{ deal: { name: 'Big', currency: 'EUR' } }, {}]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Resource } from '../src/api/api';
import { incomingOf, settledBefore } from '../src/records/related';

describe('what leads to a record', () => {
  const resource = (name: string, more: Partial<Resource> = {}) => ({ resource: name, restPath: `/api/${name}`, pluralLabel: name, actions: [{ action: 'read', allowed: true }], relations: [], ...more }) as unknown as Resource;

  it('is told by what the platform knows itself, where it may be read, and by relations', () => {
    const relation = { incoming: true, resource: 'records.machine', restPath: '/api/v1/objects/machines', resourceLabel: 'Machines', label: 'Owner', filter: 'custom_fields.owner = "{id}"' };
    const company = resource('contacts.company', { relations: [relation, { ...relation, incoming: false }] as unknown as Resource['relations'] });
    const others = [resource('contacts.person'), resource('finance.invoice'), resource('deals.deal', { actions: [] })];
    expect(incomingOf(company, others, 'c1').map(({ resource: name, filter }) => [name, filter])).toEqual([['contacts.person', 'company_id = "c1"'], ['finance.invoice', 'buyer_company_id = "c1"'], ['records.machine', 'custom_fields.owner = "c1"']]);
  });

  it('is shown down to the first list that is not there yet, so that nothing moves', () => {
    const [there, waits] = [{ isFetched: true }, { isFetched: false }];
    expect([settledBefore([]), settledBefore([there, there]), settledBefore([there, waits, there]), settledBefore([waits])]).toEqual([0, 2, 1, 0]);
  });
});

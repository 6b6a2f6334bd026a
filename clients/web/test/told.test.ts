import { describe, expect, it } from 'vitest';
import { aboutOf, recordOf, type Told, wordingOf } from '../src/shell/told';

const told = (kind: string, data: Record<string, unknown> = {}): Told => ({ id: '1', kind, title: 'Title', text: 'Text', data, createTime: '2026-01-01T00:00:00Z' });

describe('what one is told', () => {
  it('has words of this application, or else those of the platform', () => {
    expect([told('crm.mention'), told('crm.news', { event: 'stage' }), told('crm.news', { event: 'entry' }), told('crm.owner', { mine: true }), told('crm.owner'), told('deals.bulk-job'), told('billing.new')].map(wordingOf))
      .toEqual(['crm_mention', 'crm_stage', 'crm_entry', 'crm_mine', 'crm_owner', 'bulk_job', undefined]);
    expect(aboutOf(told('billing.new'))).toBe('Text');
  });

  it('reminds of the record that the activity is of, and else of the activity', () => {
    const reminder = (data: Record<string, string>) => recordOf(told('contacts.activity-reminder', { activity: 'a', lead: '', person: '', company: '', deal: '', ...data }));
    expect([reminder({ deal: 'd', person: 'p' }), reminder({ lead: 'l' }), reminder({ person: 'p', company: 'c' }), reminder({ company: 'c' }), reminder({})])
      .toEqual(['/o/deals.deal/d', '/o/contacts.lead/l', '/o/contacts.person/p', '/o/contacts.company/c', '/o/contacts.activity/a']);
  });

  it('names what it is about and leads there', () => {
    const news = told('crm.news', { name: 'Two mills', resource: 'deals.deal', record: 'a' });
    expect([aboutOf(news), recordOf(news), aboutOf(told('crm.mention')), recordOf(told('security.new-device', { device: 'Firefox' })), recordOf(told('contacts.bulk-job', { job: 'x' }))]).toEqual(['Two mills', '/o/deals.deal/a', '', undefined, '/jobs']);
  });
});

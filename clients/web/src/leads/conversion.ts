import { queryOptions } from '@tanstack/react-query';
import type { Call, Resource, Row } from '../api/api';
import { quoted } from '../records/filters';
import { pageOf } from '../records/queries';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether the record is a lead that can still become a person and a company. */
export const isConvertible = (resource: Resource, row: Row): boolean => resource.resource === 'contacts.lead' && row['status'] !== 'LEAD_STATUS_CONVERTED';

/** Whom a conversion would find by itself: the person with the same e-mail and the company with the same name, as far as the caller may see them. */
export const foundQuery = (call: Call, lead: Row) =>
  queryOptions({
    queryKey: ['rows', 'contacts.lead', 'found', lead.id, lead.etag],
    queryFn: async () => {
      const first = async (path: string, field: string, value: string) =>
        value === '' ? undefined : pageOf(await call<Record<string, unknown>>('GET', path, { query: { pageSize: 1, filter: `${field} = ${quoted(value)}` } })).rows[0];
      const [person, company] = await Promise.all([first('/api/v1/contacts/people', 'email', text(lead['email'])), first('/api/v1/contacts/companies', 'name', text(lead['companyName']))]);
      return { person, company };
    },
    retry: false,
  });

/** Whom a lead became, and the deal where one was begun. */
export interface Converted {
  readonly personId?: string;
  readonly companyId?: string;
  readonly dealId?: string;
}

/** Converts, and begins a deal where it is to have a name: both or neither. @throws ApiProblem where the lead is not converted. */
export async function convertLead(call: Call, lead: Row, deal: string, currency: string | undefined): Promise<Converted> {
  const { personId, companyId, dealId } = await call<Converted>('POST', `/api/v1/contacts/leads/${lead.id}:convert`, { body: deal === '' ? {} : { deal: { name: deal, currency } } });
  return { ...(personId ? { personId } : {}), ...(companyId ? { companyId } : {}), ...(dealId ? { dealId } : {}) };
}

/** What a deal with a converted lead is called, until somebody calls it otherwise. */
export const dealName = (lead: Row): string => text(lead['companyName']) || [text(lead['firstName']), text(lead['lastName'])].filter(Boolean).join(' ');

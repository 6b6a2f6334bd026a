import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call, type Call } from '../api/api';
import { changed } from '../api/changed';
import type { Option } from '../fields/choices';
import type { LineInput } from './lines';

type Schemas = components['schemas'];
export type Quote = Schemas['deals.Quote'];
export type QuoteInput = Schemas['deals.QuoteInput'];
export type SentQuote = Schemas['deals.SentQuote'];
export type Status = 'DRAFT' | 'SENT' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'SUPERSEDED';

const path = '/api/v1/quotes';

export const quotesKey = (deal: string) => ['quotes', deal] as const;

export const quotesQuery = (call: Call, deal: string) =>
  queryOptions({ queryKey: quotesKey(deal), queryFn: async ({ signal }) => (await call<{ quotes?: Quote[] }>('GET', `/api/v1/deals/${deal}/quotes`, { query: { pageSize: 200 }, signal })).quotes ?? [], retry: false });

export const createQuote = (dealId: string, language: string, timeZone: string) => call<Quote>('POST', path, { body: { dealId, language, timeZone } });
export const updateQuote = ({ id, etag }: Quote, parts: readonly (keyof QuoteInput)[], body: QuoteInput) => call<Quote>('PATCH', `${path}/${id}`, { query: { updateMask: parts.join(',') }, body: { ...body, etag } });
export const deleteQuote = ({ id }: Quote) => call('DELETE', `${path}/${id}`);
export const sendQuote = ({ id }: Quote) => call<SentQuote>('POST', `${path}/${id}:send`, { body: {} });
export const renewLink = ({ id }: Quote) => call<SentQuote>('POST', `${path}/${id}:renewLink`, { body: {} });
export const reviseQuote = ({ id }: Quote) => call<Quote>('POST', `${path}/${id}:revise`, { body: {} });
export const acceptQuote = ({ id }: Quote, signerName: string) => call<Quote>('POST', `${path}/${id}:accept`, { body: { signerName } });
export const declineQuote = ({ id }: Quote, signerName: string, reason: string) => call<Quote>('POST', `${path}/${id}:decline`, { body: { signerName, reason } });
export const documentOf = ({ id }: Quote): string => `${path}/${id}:document`;

export const updateLines = (deal: string, etag: string | undefined, lineItems: readonly LineInput[]) =>
  call<Record<string, unknown>>('PATCH', `/api/v1/deals/${deal}`, { query: { updateMask: 'lineItems' }, body: { etag, lineItems } });

/** The quotes of the deal are others now, and the deal may be won by one of them. */
export async function requoted(client: QueryClient, deal: string): Promise<void> {
  await client.invalidateQueries({ queryKey: ['quotes', deal] });
  await changed(client, 'deals.deal', deal);
}

export const statusOf = ({ status }: Quote): Status => status.replace('QUOTE_STATUS_', '') as Status;

const hues: Readonly<Record<Status, number>> = { DRAFT: 7, SENT: 1, ACCEPTED: 2, DECLINED: 4, EXPIRED: 3, SUPERSEDED: 7 };
export const pillOf = (status: Status, label: string): Option => ({ key: status, label, hue: hues[status] });

/** What can be done with a quote in its state, as far as its state decides. */
export const can = {
  change: (status: Status): boolean => status === 'DRAFT',
  answer: (status: Status): boolean => status === 'SENT',
  revise: (status: Status): boolean => status === 'SENT' || status === 'DECLINED' || status === 'EXPIRED',
};

/** A quote as the API takes it, of what people write in it. */
export const writable = ['name', 'expireDate', 'introduction', 'terms', 'language', 'winsDeal'] as const satisfies readonly (keyof QuoteInput)[];

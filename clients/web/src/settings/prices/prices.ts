import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/api';
import { listsPath, pricesPath, type Price, type PriceList } from '../../products/products';

export const listsQuery = queryOptions({ queryKey: ['settings', 'priceLists'], queryFn: async () => (await call<{ priceLists?: PriceList[] }>('GET', listsPath, { query: { pageSize: 200 } })).priceLists ?? [], retry: false });

export const pricesQuery = (list: string) =>
  infiniteQueryOptions({
    queryKey: ['settings', 'prices', list],
    queryFn: ({ pageParam, signal }) => call<{ prices?: Price[]; nextPageToken?: string }>('GET', pricesPath, { query: { priceListId: list, pageSize: 100, pageToken: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    retry: false,
  });

export const createList = (name: string) => call<PriceList>('POST', listsPath, { body: { name } });
export const renameList = ({ id, etag }: PriceList, name: string) => call<PriceList>('PATCH', `${listsPath}/${id}`, { query: { updateMask: 'name' }, body: { etag, name } });
export const promoteList = ({ id, etag }: PriceList) => call<PriceList>('POST', `${listsPath}/${id}:promote`, { body: { etag } });
export const deleteList = ({ id, etag }: PriceList) => call('DELETE', `${listsPath}/${id}`, { query: { etag } });

/** A price as it is being written; numbers are texts until the platform has read them. */
export interface Draft {
  readonly productId: string;
  readonly amount: string;
  readonly currency: string;
  readonly minQuantity: string;
  readonly startDate: string;
  readonly endDate: string;
}

export const draftOf = (price: Price | undefined, currency: string): Draft =>
  price === undefined
    ? { productId: '', amount: '', currency, minQuantity: '', startDate: '', endDate: '' }
    : { productId: price.productId, amount: price.unitPrice?.amount ?? '', currency: price.unitPrice?.currency ?? currency, minQuantity: price.minQuantity === '0' ? '' : price.minQuantity, startDate: price.startDate, endDate: price.endDate };

const number = (text: string): string => text.trim().replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');

/** What was emptied is removed, because the mask names it. */
const bodyOf = ({ amount, currency, minQuantity, startDate, endDate }: Draft) => ({ unitPrice: { amount: number(amount), currency }, minQuantity: number(minQuantity) || '0', startDate, endDate });

export const keepPrice = (known: Price | undefined, list: string, draft: Draft) =>
  known === undefined
    ? call<Price>('POST', pricesPath, { body: { priceListId: list, productId: draft.productId, ...bodyOf(draft) } })
    : call<Price>('PATCH', `${pricesPath}/${known.id}`, { query: { updateMask: 'unitPrice,minQuantity,startDate,endDate' }, body: { etag: known.etag, ...bodyOf(draft) } });
export const deletePrice = ({ id, etag }: Price) => call('DELETE', `${pricesPath}/${id}`, { query: { etag } });

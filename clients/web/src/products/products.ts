import { queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../api/api';

type Schemas = components['schemas'];
export type Product = Schemas['inventory.Product'];
export type Price = Schemas['inventory.Price'];
export type PriceList = Schemas['inventory.PriceList'];

export const productsPath = '/api/v1/inventory/products';
export const pricesPath = '/api/v1/inventory/prices';
export const listsPath = '/api/v1/inventory/priceLists';

/** What is sold, by parts of the code or the name. */
export const productsQuery = (words: string) =>
  queryOptions({
    queryKey: ['rows', 'inventory.product', 'picker', words],
    queryFn: async ({ signal }) => (await call<{ products?: Product[] }>('GET', productsPath, { query: { pageSize: 20, filter: 'active = true', orderBy: 'code', query: words || undefined }, signal })).products ?? [],
    placeholderData: (before) => before,
  });

/** The price of the product today, by the default list; null where it has none for this currency and quantity. */
export const priceQuery = (product: string, currency: string, quantity: string) =>
  queryOptions({
    queryKey: ['price', product, currency, quantity],
    queryFn: async ({ signal }) => {
      const answer = await call<Schemas['inventory.PriceProductsResponse']>('POST', `${productsPath}:price`, { body: { questions: [{ productId: product, currency, quantity }] }, signal });
      return answer.products[0]?.price?.unitPrice?.amount ?? null;
    },
    enabled: product !== '' && currency !== '' && Number(quantity) > 0,
    staleTime: 60_000,
    retry: false,
  });

export const labelOf = ({ code, name }: Pick<Product, 'code' | 'name'>): string => [code, name].filter(Boolean).join(' · ');

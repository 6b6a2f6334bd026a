import type { components } from '@platform/api';
import type { Product } from '../products/products';

type Schemas = components['schemas'];
export type LineItem = Schemas['deals.LineItem'];
export type LineInput = Schemas['deals.LineItemInput'];

/** A line as it is being written; numbers are texts until the platform has read them. */
export interface LineDraft {
  /** Of the catalog; empty where it is none of it. */
  readonly productId: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly discount: string;
  readonly discountIn: 'percent' | 'amount';
  readonly taxCategory: string;
  readonly taxRate: string;
  readonly recurrence: LineItem['recurrence'];
  readonly term: string;
}

/** A line that is about to be written, taxed as the one before it. */
export const emptyLine = (before?: LineDraft): LineDraft => ({
  productId: '', code: '', description: '', quantity: '1', unit: before?.unit ?? 'C62', price: '', discount: '', discountIn: 'percent', taxCategory: before?.taxCategory ?? 'S', taxRate: before?.taxRate ?? '20', recurrence: 'RECURRENCE_ONE_OFF', term: '1',
});

const plain = (number: string): string => (number.includes('.') ? number.replace(/\.?0+$/, '') : number);

export function draftOf({ productId, productCode, description, quantity, unit, unitPrice, discountPercent, discountAmount, taxCategory, taxRate, recurrence, term }: LineItem): LineDraft {
  const percent = plain(discountPercent ?? '');
  return {
    productId: productId ?? '', code: productCode, description, quantity: plain(quantity), unit, price: unitPrice?.amount ?? '',
    discount: discountAmount?.amount ?? (percent === '0' ? '' : percent), discountIn: discountAmount === undefined ? 'percent' : 'amount',
    taxCategory, taxRate: plain(taxRate), recurrence: recurrence === 'RECURRENCE_UNSPECIFIED' ? 'RECURRENCE_ONE_OFF' : recurrence, term: `${term || 1}`,
  };
}

export const number = (text: string): string => text.trim().replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');

/** The line of a product of the catalog, in its quantity; what it costs is asked for. */
export const productLine = (line: LineDraft, { id, code, name, unit, taxCategory, taxRate, recurrence, defaultTerm }: Product): LineDraft => ({
  ...line, productId: id, code, description: name, unit, price: '', taxCategory, taxRate: plain(taxRate), recurrence: recurrence === 'RECURRENCE_UNSPECIFIED' ? 'RECURRENCE_ONE_OFF' : recurrence, term: `${defaultTerm || 1}`,
});

/** The line as the API takes it: a discount of one sort, a term only where it comes again, a rate only where there is a tax. A product without a price has that of the catalog. */
export function inputOf(line: LineDraft, currency: string): LineInput {
  const [discount, price] = [number(line.discount), number(line.price)];
  return {
    ...(line.productId === '' ? {} : { productId: line.productId }),
    productCode: line.code.trim(), description: line.description.trim(), quantity: number(line.quantity), unit: line.unit, ...(line.productId !== '' && price === '' ? {} : { unitPrice: { amount: price, currency } }),
    ...(discount === '' ? {} : line.discountIn === 'percent' ? { discountPercent: discount } : { discountAmount: { amount: discount, currency } }),
    taxCategory: line.taxCategory, taxRate: line.taxCategory === 'S' ? number(line.taxRate) || '0' : '0',
    recurrence: line.recurrence, ...(line.recurrence === 'RECURRENCE_ONE_OFF' ? {} : { term: Number(line.term) || 1 }),
  };
}

/** The fault of a line's part, whichever part of an amount it names: "lineItems[2].unitPrice.amount". */
export function faultOfLine(faults: ReadonlyMap<string, string>, index: number, part: string): string | undefined {
  const path = `lineItems[${index}].${part}`;
  for (const [name, message] of faults) if (name === path || name.startsWith(`${path}.`)) return message;
  return undefined;
}

/** What is wrong with a line as a whole, or with a part of it that has no place of its own. */
export function restOfLine(faults: ReadonlyMap<string, string>, index: number, placed: readonly string[]): string | undefined {
  const path = `lineItems[${index}]`;
  for (const [name, message] of faults) if (name === path || (name.startsWith(`${path}.`) && !placed.some((part) => name.startsWith(`${path}.${part}`)))) return message;
  return undefined;
}

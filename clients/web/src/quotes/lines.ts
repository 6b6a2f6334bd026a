import type { components } from '@platform/api';

type Schemas = components['schemas'];
export type LineItem = Schemas['deals.LineItem'];
export type LineInput = Schemas['deals.LineItemInput'];

/** A line as it is being written; numbers are texts until the platform has read them. */
export interface LineDraft {
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
  code: '', description: '', quantity: '1', unit: before?.unit ?? 'C62', price: '', discount: '', discountIn: 'percent', taxCategory: before?.taxCategory ?? 'S', taxRate: before?.taxRate ?? '20', recurrence: 'RECURRENCE_ONE_OFF', term: '1',
});

const plain = (number: string): string => (number.includes('.') ? number.replace(/\.?0+$/, '') : number);

export function draftOf({ productCode, description, quantity, unit, unitPrice, discountPercent, discountAmount, taxCategory, taxRate, recurrence, term }: LineItem): LineDraft {
  const percent = plain(discountPercent ?? '');
  return {
    code: productCode, description, quantity: plain(quantity), unit, price: unitPrice?.amount ?? '',
    discount: discountAmount?.amount ?? (percent === '0' ? '' : percent), discountIn: discountAmount === undefined ? 'percent' : 'amount',
    taxCategory, taxRate: plain(taxRate), recurrence: recurrence === 'RECURRENCE_UNSPECIFIED' ? 'RECURRENCE_ONE_OFF' : recurrence, term: `${term || 1}`,
  };
}

const number = (text: string): string => text.trim().replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');

/** The line as the API takes it: a discount of one sort, a term only where it comes again, a rate only where there is a tax. */
export function inputOf(line: LineDraft, currency: string): LineInput {
  const discount = number(line.discount);
  return {
    productCode: line.code.trim(), description: line.description.trim(), quantity: number(line.quantity), unit: line.unit, unitPrice: { amount: number(line.price), currency },
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

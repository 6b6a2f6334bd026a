import { describe, expect, it } from 'vitest';
import { draftOf, emptyLine, faultOfLine, inputOf, productLine, restOfLine, type LineItem } from '../src/quotes/lines';
import { can } from '../src/quotes/quotes';
import type { Product } from '../src/products/products';

const item = (more: Partial<LineItem> = {}): LineItem => ({
  id: '1', productId: '', productCode: 'P-1', description: 'Press', quantity: '2.0000', unit: 'C62', unitPrice: { amount: '99.50', currency: 'EUR' }, discountPercent: '0', taxCategory: 'S', taxRate: '19.00', recurrence: 'RECURRENCE_ONE_OFF', term: 0, ...more,
});

describe('a line item', () => {
  it('goes into the form and back as it was', () => {
    const monthly = item({ recurrence: 'RECURRENCE_MONTHLY', term: 12, discountAmount: { amount: '5.00', currency: 'EUR' } });
    expect(inputOf(draftOf(item()), 'EUR')).toEqual({ productCode: 'P-1', description: 'Press', quantity: '2', unit: 'C62', unitPrice: { amount: '99.50', currency: 'EUR' }, taxCategory: 'S', taxRate: '19', recurrence: 'RECURRENCE_ONE_OFF' });
    expect(inputOf(draftOf(monthly), 'EUR')).toMatchObject({ discountAmount: { amount: '5.00', currency: 'EUR' }, recurrence: 'RECURRENCE_MONTHLY', term: 12 });
  });

  it('is that of a product, and has the price of the catalog until it says one', () => {
    const product = { id: 'p', code: 'SUP', name: 'Support', unit: 'HUR', taxCategory: 'S', taxRate: '7.00', recurrence: 'RECURRENCE_MONTHLY', defaultTerm: 12 } as Product;
    const line = productLine({ ...emptyLine(), quantity: '3', price: '5', discount: '10' }, product);
    const sent = inputOf(line, 'EUR');
    expect(sent).toEqual({ productId: 'p', productCode: 'SUP', description: 'Support', quantity: '3', unit: 'HUR', discountPercent: '10', taxCategory: 'S', taxRate: '7', recurrence: 'RECURRENCE_MONTHLY', term: 12 });
    expect(inputOf({ ...line, price: '4,5' }, 'EUR').unitPrice).toEqual({ amount: '4.5', currency: 'EUR' });
    expect(inputOf(draftOf(item({ productId: 'p' })), 'EUR')).toMatchObject({ productId: 'p', unitPrice: { amount: '99.50', currency: 'EUR' } });
  });

  it('takes numbers as people write them', () => {
    const line = { ...emptyLine(), description: ' Press ', quantity: '1 000,5', price: '12,30', discount: '10' };
    expect(inputOf(line, 'EUR')).toMatchObject({ description: 'Press', quantity: '1000.5', unitPrice: { amount: '12.30', currency: 'EUR' }, discountPercent: '10' });
  });

  it('has no rate where there is no tax, and is taxed as the one before it', () => {
    expect(inputOf({ ...emptyLine(), taxCategory: 'E', taxRate: '19' }, 'EUR').taxRate).toBe('0');
    expect(emptyLine({ ...emptyLine(), taxRate: '7' }).taxRate).toBe('7');
  });

  it('is told what is wrong with a part of it, else with the whole', () => {
    const faults = new Map([['lineItems[1].unitPrice.amount', 'a'], ['lineItems[0].unit', 'b'], ['lineItems[2]', 'c']]);
    expect([faultOfLine(faults, 1, 'unitPrice'), faultOfLine(faults, 0, 'unitPrice'), restOfLine(faults, 0, ['unitPrice']), restOfLine(faults, 2, []), restOfLine(faults, 1, ['unitPrice'])]).toEqual(['a', undefined, 'b', 'c', undefined]);
  });
});

describe('a quote', () => {
  it('is changed as a draft, answered once it is sent, and revised unless that is settled', () => {
    const states = (['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'SUPERSEDED'] as const);
    expect([states.filter(can.change), states.filter(can.answer), states.filter(can.revise)]).toEqual([['DRAFT'], ['SENT'], ['SENT', 'DECLINED', 'EXPIRED']]);
  });
});

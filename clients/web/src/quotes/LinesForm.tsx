import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef } from 'react';
import { useMay } from '../api/me';
import { priceQuery, type Product } from '../products/products';
import { ProductPicker } from '../products/ProductPicker';
import { emptyLine, faultOfLine, number, productLine, restOfLine, type LineDraft } from './lines';
import { ListPrice } from './ListPrice';

interface Props {
  readonly lines: readonly LineDraft[];
  readonly currency: string;
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (change: (now: readonly LineDraft[]) => readonly LineDraft[]) => void;
}

const categories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const;
const recurrences = ['RECURRENCE_ONE_OFF', 'RECURRENCE_MONTHLY', 'RECURRENCE_YEARLY'] as const;
const placed = ['productId', 'description', 'productCode', 'quantity', 'unitPrice', 'discountPercent', 'discountAmount', 'taxRate', 'term'] as const;

/** Line items as they are written: what, how many, for how much, how often. */
export function LinesForm({ lines, currency, faults, onChange }: Props) {
  const t = useTranslations('quotes');
  const list = useRef<HTMLOListElement>(null);
  const grown = useRef(false);
  useEffect(() => {
    // Who adds a line goes on to say what it is.
    if (grown.current) list.current?.querySelector<HTMLInputElement>('li:last-child input:not(:disabled)')?.focus();
    grown.current = false;
  });
  const add = () => {
    grown.current = true;
    onChange((now) => [...now, emptyLine(now.at(-1))]);
  };
  const swap = (at: number, other: number) => onChange((now) => now.map((line, index) => (index === at ? now[other]! : index === other ? now[at]! : line)));
  return (
    <div className="tw:grid tw:gap-2">
      <ol ref={list} className="line-forms">
        {lines.map((line, index) => (
          <Line key={index} line={line} index={index} count={lines.length} currency={currency} faults={faults} onChange={(change) => onChange((now) => now.map((entry, at) => (at === index ? change(entry) : entry)))}
            onRemove={() => onChange((now) => now.filter((_line, at) => at !== index))} onSwap={(step) => swap(index, index + step)} />
        ))}
      </ol>
      <div><button type="button" className="button ghost add" onClick={add}><Plus size={15} aria-hidden />{t('addLine')}</button></div>
    </div>
  );
}

interface LineProps {
  readonly line: LineDraft;
  readonly index: number;
  readonly count: number;
  readonly currency: string;
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (change: (now: LineDraft) => LineDraft) => void;
  readonly onRemove: () => void;
  readonly onSwap: (step: 1 | -1) => void;
}

function Line({ line, index, count, currency, faults, onChange, onRemove, onSwap }: LineProps) {
  const [t, id, client, sells] = [useTranslations('quotes'), useId(), useQueryClient(), useMay('inventory.read')];
  const set = (parts: Partial<LineDraft>) => onChange((now) => ({ ...now, ...parts }));
  const pick = (product: Product | undefined) => {
    if (product === undefined) return set({ productId: '' });
    onChange((now) => productLine(now, product));
    // What was written meanwhile, or is of another product by now, stays; what cannot be asked now is asked when it is saved.
    void client.fetchQuery(priceQuery(product.id, currency, number(line.quantity)))
      .then((price) => onChange((now) => (now.productId === product.id && now.price === '' && price !== null ? { ...now, price } : now)), () => undefined);
  };
  const name = line.description || `${index + 1}`;
  const fault = (...parts: readonly string[]) => parts.map((part) => faultOfLine(faults, index, part)).find((found) => found !== undefined);
  const input = (part: 'description' | 'code' | 'quantity' | 'price' | 'discount' | 'taxRate' | 'term', said: string | undefined) => ({
    id: `${id}-${part}`, className: `input${part === 'description' || part === 'code' ? '' : ' tabular'}`, autoComplete: 'off', value: line[part], 'aria-invalid': said !== undefined, 'aria-describedby': said === undefined ? undefined : `${id}-${part}-fault`,
    onChange: (event: { target: { value: string } }) => set({ [part]: event.target.value }),
  });
  const told = (part: string, said: string | undefined) => (said === undefined ? null : <p id={`${id}-${part}-fault`} className="fault" role="alert">{said}</p>);
  const faultOf = { productId: fault('productId'), description: fault('description'), code: fault('productCode'), quantity: fault('quantity'), price: fault('unitPrice'), discount: fault('discountPercent', 'discountAmount'), taxRate: fault('taxRate', 'taxCategory'), term: fault('term') };
  const rest = restOfLine(faults, index, placed);
  return (
    <li><div className="line-form" role="group" aria-label={t('line', { number: index + 1 })}>
      {!sells ? null : (
        <div className="form-field line-product">
          <label htmlFor={`${id}-productId`}>{t('product')}</label>
          <ProductPicker id={`${id}-productId`} chosen={line.productId === '' ? undefined : { id: line.productId, label: [line.code, line.description].filter(Boolean).join(' · ') }} fault={faultOf.productId} onPick={pick} />
          {told('productId', faultOf.productId)}
        </div>
      )}
      <div className="form-field line-what"><label htmlFor={`${id}-description`}>{t('description')}</label><input {...input('description', faultOf.description)} maxLength={500} />{told('description', faultOf.description)}</div>
      <div className="form-field"><label htmlFor={`${id}-code`}>{t('code')}</label><input {...input('code', faultOf.code)} maxLength={100} />{told('code', faultOf.code)}</div>
      <div className="line-does">
        <button type="button" className="icon-button" disabled={index === 0} aria-label={t('lineUp', { name })} onClick={() => onSwap(-1)}><ArrowUp size={14} aria-hidden /></button>
        <button type="button" className="icon-button" disabled={index === count - 1} aria-label={t('lineDown', { name })} onClick={() => onSwap(1)}><ArrowDown size={14} aria-hidden /></button>
        <button type="button" className="icon-button" aria-label={t('lineRemove', { name })} onClick={onRemove}><X size={15} aria-hidden /></button>
      </div>
      <div className="line-numbers">
        <div className="form-field"><label htmlFor={`${id}-quantity`}>{t('quantity')}</label><input {...input('quantity', faultOf.quantity)} inputMode="decimal" />{told('quantity', faultOf.quantity)}</div>
        <div className="form-field"><label htmlFor={`${id}-price`}>{t('priceIn', { currency })}</label><input {...input('price', faultOf.price)} inputMode="decimal" />{told('price', faultOf.price)}{!sells || line.productId === '' ? null : <ListPrice product={line.productId} currency={currency} quantity={number(line.quantity)} price={number(line.price)} onTake={(price) => set({ price })} />}</div>
        <div className="form-field">
          <label htmlFor={`${id}-discount`}>{t('discount')}</label>
          <span className="with-unit">
            <input {...input('discount', faultOf.discount)} inputMode="decimal" placeholder="—" />
            <select className="input" aria-label={t('discountIn')} value={line.discountIn} onChange={(event) => set({ discountIn: event.target.value as LineDraft['discountIn'] })}><option value="percent">%</option><option value="amount">{currency}</option></select>
          </span>
          {told('discount', faultOf.discount)}
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-taxRate`}>{t('tax')}</label>
          <span className="with-unit">
            <input {...input('taxRate', faultOf.taxRate)} inputMode="decimal" disabled={line.taxCategory !== 'S'} />
            <select className="input" aria-label={t('taxCategory')} value={line.taxCategory} onChange={(event) => set({ taxCategory: event.target.value, ...(event.target.value === 'S' ? {} : { taxRate: '0' }) })}>{categories.map((key) => <option key={key} value={key} title={t(`categories.${key}`)}>{key === 'S' ? '%' : key}</option>)}</select>
          </span>
          {told('taxRate', faultOf.taxRate)}
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-recurrence`}>{t('comes')}</label>
          <select id={`${id}-recurrence`} className="input" value={line.recurrence} onChange={(event) => set({ recurrence: event.target.value as LineDraft['recurrence'] })}>{recurrences.map((key) => <option key={key} value={key}>{t(`recurrences.${key}`)}</option>)}</select>
        </div>
        {line.recurrence === 'RECURRENCE_ONE_OFF' ? null : (
          <div className="form-field"><label htmlFor={`${id}-term`}>{line.recurrence === 'RECURRENCE_MONTHLY' ? t('forMonths') : t('forYears')}</label><input {...input('term', faultOf.term)} inputMode="numeric" />{told('term', faultOf.term)}</div>
        )}
      </div>
      {rest === undefined ? null : <p className="fault" role="alert">{rest}</p>}
    </div></li>
  );
}

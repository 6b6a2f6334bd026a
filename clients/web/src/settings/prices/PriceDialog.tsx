import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useCompany } from '../../api/company';
import { useNameOf } from '../../fields/names';
import { ProductPicker } from '../../products/ProductPicker';
import { labelOf, productsPath, type Price } from '../../products/products';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { faultsOf } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { deletePrice, draftOf, keepPrice, type Draft } from './prices';

interface Props {
  readonly list: string;
  readonly price: Price | undefined;
  readonly onClose: () => void;
}

const fields = ['productId', 'unitPrice', 'minQuantity', 'startDate', 'endDate'] as const;

/** What a product costs: made, changed, or taken out of the list. */
export function PriceDialog({ list, price, onClose }: Props) {
  const [t, id, client, tell, here] = [useTranslations('prices'), useId(), useQueryClient(), useNotice(), useHere()];
  const company = useCompany();
  const [written, setWritten] = useState<Partial<Draft>>({});
  const [picked, setPicked] = useState('');
  const [sure, setSure] = useState(false);
  const draft = { ...draftOf(price, company?.currency ?? ''), ...written };
  const set = (parts: Partial<Draft>) => setWritten((now) => ({ ...now, ...parts }));
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['settings', 'prices', list] });
    await client.invalidateQueries({ queryKey: ['price'] });
    tell({ text });
    if (here.current) onClose();
  };
  const save = useMutation({ mutationFn: () => keepPrice(price, list, draft), onSuccess: () => done(t('saved')) });
  const remove = useMutation({ mutationFn: () => deletePrice(price!), onSuccess: () => done(t('deleted')) });
  const problem = save.error ?? remove.error;
  const known = faultsOf(problem instanceof ApiProblem ? problem.errors : [], 'price');
  const faultOf = (part: (typeof fields)[number]) => [...known].find(([name]) => name === part || name.startsWith(`${part}.`))?.[1];
  const placed = fields.some((part) => faultOf(part) !== undefined);
  const input = (part: 'minQuantity' | 'startDate' | 'endDate') => ({ ...faulty(`${id}-${part}`, faultOf(part)), className: 'input tabular', autoComplete: 'off', value: draft[part], onChange: (event: { target: { value: string } }) => set({ [part]: event.target.value }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{price === undefined ? t('newPrice') : t('price')}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields">
          <Labelled id={`${id}-productId`} label={t('product')} fault={faultOf('productId')} wide required>
            {price === undefined
              ? <ProductPicker id={`${id}-productId`} autoFocus chosen={draft.productId === '' ? undefined : { id: draft.productId, label: picked }} fault={faultOf('productId')} onPick={(product) => { setPicked(product === undefined ? '' : labelOf(product)); set({ productId: product?.id ?? '' }); }} />
              : <Of product={price.productId} />}
          </Labelled>
          <Labelled id={`${id}-unitPrice`} label={t('unitPrice')} fault={faultOf('unitPrice')} wide required>
            <span className="money">
              <input {...faulty(`${id}-unitPrice`, faultOf('unitPrice'))} className="input tabular" inputMode="decimal" autoComplete="off" value={draft.amount} onChange={(event) => set({ amount: event.target.value })} />
              <input className="input" aria-label={t('currency')} maxLength={3} autoComplete="off" value={draft.currency} onChange={(event) => set({ currency: event.target.value.toUpperCase() })} />
            </span>
          </Labelled>
          <Labelled id={`${id}-minQuantity`} label={t('minQuantity')} fault={faultOf('minQuantity')} hint={t('minQuantityHint')} wide><input {...input('minQuantity')} inputMode="decimal" placeholder={t('any')} /></Labelled>
          <Labelled id={`${id}-startDate`} label={t('from')} fault={faultOf('startDate')}><input {...input('startDate')} type="date" /></Labelled>
          <Labelled id={`${id}-endDate`} label={t('to')} fault={faultOf('endDate')}><input {...input('endDate')} type="date" /></Labelled>
        </div>
        {problem === null || placed ? null : <p className="fault" role="alert">{problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.message) : problem.message}</p>}
        <footer>
          {price === undefined ? null : <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{t(sure ? 'deleteSure' : 'delete')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending || draft.productId === '' || draft.amount.trim() === ''}>{t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

const Of = ({ product }: { readonly product: string }) => <span className="plain-value">{useNameOf(productsPath, product) ?? '…'}</span>;

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { nameOf, valueAt } from '../records/values';
import type { FormProps } from './BulkDialog';
import { faultOf } from './order';

// By what people of one name are told apart.
const telling = ['email', 'phone', 'website', 'taxNumber'] as const;

/** Which one stays. */
export function MergeForm({ id, rows, errors, onOrder }: FormProps) {
  const t = useTranslations('bulk');
  const [survivorId, setSurvivorId] = useState('');
  const fault = faultOf(errors, 'merge');
  const choose = (next: string) => {
    setSurvivorId(next);
    onOrder({ merge: { survivorId: next } });
  };
  return (
    <>
      <fieldset className="choices bulk-stays" aria-describedby={fault === undefined ? undefined : `${id}-fault`}>
        <legend className="form-label">{t('stays')}</legend>
        {rows.map((row) => {
          const more = telling.map((part) => valueAt(row, part)).find((value) => typeof value === 'string' && value !== '');
          return <label key={row.id}><input type="radio" name={`${id}-stays`} checked={survivorId === row.id} onChange={() => choose(row.id)} /><span className="truncate">{nameOf(row)}</span>{more === undefined ? null : <small className="dim truncate">{`${more as string}`}</small>}</label>;
        })}
      </fieldset>
      <p className="dim">{t('staysHint')}</p>
      {fault === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{fault}</p>}
    </>
  );
}

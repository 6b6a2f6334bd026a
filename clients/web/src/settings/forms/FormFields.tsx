import { ArrowUp, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../../api/api';
import { translated } from '../objects/ObjectDialog';
import type { PartProps } from './FormDialog';
import { askable, faultAt, raised, withoutOne, withOne, type FormField } from './forms';

/** What the form asks for, in its order. */
export function FormFields({ id, draft, faults, change, leads }: PartProps & { readonly leads: Resource }) {
  const [t, known] = [useTranslations('forms'), askable(leads)];
  const labelOf = (path: string) => known.find((field) => field.path === path)?.label ?? path;
  const free = known.filter((field) => draft.fields.every(({ path }) => path !== field.path));
  const set = (at: number, parts: Partial<FormField>) => change({ fields: withOne(draft.fields, at, { ...draft.fields[at]!, ...parts }) });
  const add = () => change({ fields: [...draft.fields, { path: free[0]!.path, required: false, label: '', labelTranslations: {} }] });
  return (
    <fieldset className="plain-set form-part">
      <legend className="form-label">{t('fields')}</legend>
      <ol className="choice-list">
        {draft.fields.map((field, at) => {
          const [fault, name] = [faultAt(faults, 'fields', at), field.label || labelOf(field.path)];
          return (
            <li key={field.path} className="asked-line">
              <select className="input" aria-label={t('fieldAt', { number: at + 1 })} aria-invalid={fault !== undefined} aria-describedby={fault === undefined ? undefined : `${id}-field-${at}`} value={field.path} onChange={(event) => set(at, { path: event.target.value })}>
                {known.some(({ path }) => path === field.path) ? null : <option value={field.path}>{field.path}</option>}
                {known.filter((entry) => entry.path === field.path || free.includes(entry)).map((entry) => <option key={entry.path} value={entry.path}>{entry.label}</option>)}
              </select>
              <input className="input" aria-label={t('labelOf', { name })} placeholder={labelOf(field.path)} maxLength={100} autoComplete="off" value={field.label} onChange={(event) => set(at, { label: event.target.value })} />
              <input className="input" lang="ru" aria-label={t('labelOfRussian', { name })} placeholder={t('russian')} maxLength={100} autoComplete="off" value={field.labelTranslations['ru'] ?? ''} onChange={(event) => set(at, { labelTranslations: translated(field.labelTranslations, event.target.value) })} />
              <label className="check-line"><input type="checkbox" checked={field.required} onChange={(event) => set(at, { required: event.target.checked })} />{t('required')}<span className="unseen">: {name}</span></label>
              <span className="choice-does">
                <button type="button" className="icon-button" disabled={at === 0} aria-label={t('up', { name })} onClick={() => change({ fields: raised(draft.fields, at) })}><ArrowUp size={14} aria-hidden /></button>
                <button type="button" className="icon-button" aria-label={t('remove', { name })} onClick={() => change({ fields: withoutOne(draft.fields, at) })}><X size={14} aria-hidden /></button>
              </span>
              {fault === undefined ? null : <p id={`${id}-field-${at}`} className="fault" role="alert">{fault}</p>}
            </li>
          );
        })}
      </ol>
      {faults.has('fields') ? <p className="fault" role="alert">{faults.get('fields')}</p> : null}
      {free.length === 0 ? null : <button type="button" className="button ghost add" onClick={add}><Plus size={15} aria-hidden />{t('addField')}</button>}
    </fieldset>
  );
}

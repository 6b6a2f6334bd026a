import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { faultsOf, keyOf } from './fields';
import { faulty, Labelled } from './Labelled';
import { createObject, redrawn, updateObject, type ObjectDraft, type ObjectType } from './metadata';
import { fieldsPath } from './ObjectsPage';

/** A new object of the company's own, or one that is called otherwise from now on. */
export function ObjectDialog({ object, onClose }: { readonly object?: ObjectType; readonly onClose: () => void }) {
  const [t, id, client, tell, router, here] = [useTranslations('designer'), useId(), useQueryClient(), useNotice(), useRouter(), useHere()];
  const [draft, setDraft] = useState<ObjectDraft>(object ?? {});
  // Keys follow the labels until somebody writes others.
  const named: ObjectDraft = { ...draft, key: draft.key ?? keyOf(draft.label ?? ''), pluralKey: draft.pluralKey ?? keyOf(draft.pluralLabel ?? '') };
  const save = useMutation({
    mutationFn: () => (object === undefined ? createObject(named) : updateObject(object, draft)),
    onSuccess: async (saved) => {
      await redrawn(client);
      tell({ text: t(object === undefined ? 'objectMade' : 'objectSaved', { name: saved.pluralLabel }) });
      if (!here.current) return;
      onClose();
      if (object === undefined) router.push(fieldsPath(saved.resource));
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'objectType');
  const shown = ['label', 'pluralLabel', 'key', 'pluralKey', 'description', 'numberPattern', 'nameLabel', 'labelTranslations', 'pluralLabelTranslations', 'nameLabelTranslations'];
  const unplaced = save.isError && ![...faults.keys()].some((part) => shown.includes(part));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const text = (part: 'label' | 'pluralLabel' | 'key' | 'pluralKey' | 'numberPattern' | 'nameLabel', more: { readonly hint?: string; readonly required?: boolean; readonly mono?: boolean; readonly autoFocus?: boolean; readonly placeholder?: string } = {}) => (
    <Labelled id={`${id}-${part}`} label={t(`object.${part}`)} fault={faults.get(part)} hint={more.hint} required={more.required ?? false}>
      <input {...faulty(`${id}-${part}`, faults.get(part))} className={`input${more.mono ? ' mono' : ''}`} autoFocus={more.autoFocus ?? false} required={more.required ?? false} maxLength={100} autoComplete="off" placeholder={more.placeholder} value={`${named[part] ?? ''}`}
        onChange={(event) => setDraft({ ...draft, [part]: event.target.value })} />
    </Labelled>
  );
  const russian = (part: 'labelTranslations' | 'pluralLabelTranslations' | 'nameLabelTranslations') => (
    <Labelled id={`${id}-${part}`} label={t(`object.${part}`)} fault={faults.get(part)}>
      <input {...faulty(`${id}-${part}`, faults.get(part))} className="input" lang="ru" maxLength={100} autoComplete="off" value={draft[part]?.['ru'] ?? ''} onChange={(event) => setDraft({ ...draft, [part]: translated(draft[part], event.target.value) })} />
    </Labelled>
  );
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{object === undefined ? t('newObject') : t('changeObject', { name: object.label })}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields">
          {text('label', { required: true, autoFocus: true, placeholder: t('object.labelExample') })}
          {russian('labelTranslations')}
          {text('pluralLabel', { required: true, placeholder: t('object.pluralExample') })}
          {russian('pluralLabelTranslations')}
          {object === undefined ? <>{text('key', { mono: true, hint: t('object.keyHint') })}{text('pluralKey', { mono: true, hint: `/api/v1/objects/${named.pluralKey ?? ''}` })}</> : null}
          {text('nameLabel', { placeholder: t('object.nameExample') })}
          {russian('nameLabelTranslations')}
          {text('numberPattern', { mono: true, placeholder: 'M-{yyyy}-{0000}', hint: t('object.numberHint') })}
          <Labelled id={`${id}-description`} label={t('object.description')} fault={faults.get('description')} wide>
            <textarea {...faulty(`${id}-description`, faults.get('description'))} className="input area" rows={2} maxLength={1000} value={draft.description ?? ''} onChange={(event) => setDraft({ ...draft, description: event.target.value })} />
          </Labelled>
        </div>
        {unplaced ? <p className="fault" role="alert">{problem?.errors[0]?.message ?? save.error?.message}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{object === undefined ? t('make') : t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Translations with another one into Russian; an empty one is none. */
export function translated(texts: Readonly<Record<string, string>> | undefined, russian: string): Record<string, string> {
  const others = Object.fromEntries(Object.entries(texts ?? {}).filter(([language]) => language !== 'ru'));
  return russian === '' ? others : { ...others, ru: russian };
}

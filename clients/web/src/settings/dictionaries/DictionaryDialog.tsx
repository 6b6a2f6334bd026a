import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { call } from '../../api/api';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { ChoiceList } from '../objects/ChoiceList';
import { faultsOf, keyOf } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { redrawn, type Dictionary } from '../objects/metadata';
import { translated } from '../objects/ObjectDialog';

const path = '/api/v1/metadata/dictionaries';

type Draft = Pick<Dictionary, 'key' | 'label' | 'labelTranslations' | 'entries'>;

const keep = (known: Dictionary | undefined, { key, ...draft }: Draft) =>
  known === undefined ? call('POST', path, { body: { key: key || keyOf(draft.label), ...draft } }) : call('PATCH', `${path}/${known.id}`, { query: { updateMask: 'label,labelTranslations,entries' }, body: { etag: known.etag, ...draft } });

/** A list of choices: what it is called, and what can be chosen. A change holds for every field that names it. */
export function DictionaryDialog({ dictionary, onClose }: { readonly dictionary: Dictionary | undefined; readonly onClose: () => void }) {
  const [t, words, id, client, tell, here] = [useTranslations('dictionaries'), useTranslations('settings'), useId(), useQueryClient(), useNotice(), useHere()];
  const [draft, setDraft] = useState<Draft>(dictionary ?? { key: '', label: '', labelTranslations: {}, entries: [] });
  const [sure, setSure] = useState(false);
  const set = (parts: Partial<Draft>) => setDraft((now) => ({ ...now, ...parts }));
  const done = async (text: string) => {
    await redrawn(client);
    tell({ text });
    if (here.current) onClose();
  };
  const save = useMutation({ mutationFn: () => keep(dictionary, { key: draft.key, label: draft.label, labelTranslations: draft.labelTranslations, entries: draft.entries }), onSuccess: () => done(t('saved', { name: draft.label })) });
  const remove = useMutation({ mutationFn: () => call('DELETE', `${path}/${dictionary!.id}`, { query: { etag: dictionary!.etag } }), onSuccess: () => done(t('deleted', { name: draft.label })) });
  const fault = save.error ?? remove.error;
  const faults = faultsOf(fault instanceof ApiProblem ? fault.errors : [], 'dictionary');
  const faultOf = (index: number) => faults.get(`entries[${index}].label`) ?? faults.get(`entries[${index}].key`) ?? faults.get(`entries[${index}].color`);
  const placed = ['label', 'key'].some((part) => faults.has(part)) || draft.entries.some((_entry, index) => faultOf(index) !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{dictionary === undefined ? t('new') : dictionary.label}</h2><button type="button" className="icon-button" aria-label={words('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll">
          <div className="form-fields">
            <Labelled id={`${id}-label`} label={t('name')} fault={faults.get('label')} required><input {...faulty(`${id}-label`, faults.get('label'))} className="input" autoFocus autoComplete="off" maxLength={100} value={draft.label} onChange={(event) => set({ label: event.target.value })} /></Labelled>
            <Labelled id={`${id}-ru`} label={t('nameRussian')}><input id={`${id}-ru`} className="input" lang="ru" autoComplete="off" maxLength={100} value={draft.labelTranslations['ru'] ?? ''} onChange={(event) => set({ labelTranslations: translated(draft.labelTranslations, event.target.value) })} /></Labelled>
            {dictionary === undefined ? <Labelled id={`${id}-key`} label={t('key')} fault={faults.get('key')} hint={t('keyHint')}><input {...faulty(`${id}-key`, faults.get('key'))} className="input mono" autoComplete="off" maxLength={40} placeholder={keyOf(draft.label)} value={draft.key} onChange={(event) => set({ key: event.target.value })} /></Labelled> : null}
            <fieldset className="form-field wide plain-set">
              <legend className="form-label">{t('choices')}</legend>
              <ChoiceList choices={draft.entries} isKept={dictionary !== undefined} faultOf={faultOf} onChange={(entries) => set({ entries })} />
            </fieldset>
            {dictionary === undefined || dictionary.usedBy.length === 0 ? null : <p className="dim wide">{t('usedBy')} {dictionary.usedBy.map((field) => <code key={field}>{field} </code>)}</p>}
          </div>
        </div>
        {fault === null || placed ? null : <p className="fault" role="alert">{fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : fault.message}</p>}
        <footer>
          {dictionary === undefined ? null : <button type="button" className="button ghost danger" disabled={remove.isPending || dictionary.usedBy.length > 0} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{t(sure ? 'deleteSure' : 'delete')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending || draft.label.trim() === ''}>{words('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

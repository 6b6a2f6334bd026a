import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useMaybeResource, useResources } from '../../api/metadata';
import { useNotice } from '../../ui/Notice';
import { faultsOf } from '../objects/fields';
import { FilterField } from '../objects/FilterField';
import { faulty, Labelled } from '../objects/Labelled';
import type { Role } from '../tenants';
import { FieldRules } from './FieldRules';
import { actions, createPolicy, deletePolicy, draftOf, emptyPolicy, policiesQuery, settled, speaksOfFields, updatePolicy, type Policy, type PolicyDraft } from './policies';
import { PolicySubjects } from './PolicySubjects';

interface Props {
  readonly policy: Policy | undefined;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

/** A rule for some people about the records of a kind: which of them they may do something with, or what they see of their fields. */
export function PolicyDialog({ policy, roles, onClose }: Props) {
  const [t, words, id, client, tell] = [useTranslations('roles'), useTranslations('settings'), useId(), useQueryClient(), useNotice()];
  const [draft, setDraft] = useState<PolicyDraft>(policy === undefined ? emptyPolicy : draftOf(policy));
  const [ofFields, setOfFields] = useState(policy !== undefined && speaksOfFields(policy));
  const [sure, setSure] = useState(false);
  const [resources, resource] = [useResources(), useMaybeResource(draft.resource)];
  const set = (parts: Partial<PolicyDraft>) => setDraft((now) => ({ ...now, ...parts }));
  const done = (text: string) => {
    onClose();
    tell({ text });
    void client.invalidateQueries({ queryKey: policiesQuery.queryKey });
    // What may be seen and done may be another thing now, of whatever is on the screen.
    void client.invalidateQueries({ predicate: ({ queryKey }) => ['access', 'resource', 'resources', 'rows', 'row'].includes(`${queryKey[0] as string}`) });
  };
  const save = useMutation({ mutationFn: () => (policy === undefined ? createPolicy(settled(draft, ofFields)) : updatePolicy(policy, settled(draft, ofFields))), onSuccess: () => done(t('policySaved', { name: draft.name })) });
  const remove = useMutation({ mutationFn: () => deletePolicy(policy?.id ?? ''), onSuccess: () => done(t('policyDeleted', { name: draft.name })) });
  const fault = save.error ?? remove.error;
  const faults = faultsOf(fault instanceof ApiProblem ? fault.errors : [], 'policy');
  const unplaced = fault !== null && ![...faults.keys()].some((part) => /^(name|resource|subjects|actions|filter|fieldRules)/.test(part));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{policy === undefined ? t('newPolicy') : policy.name}</h2><button type="button" className="icon-button" aria-label={words('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll padded tw:grid tw:gap-5 tw:content-start">
          <div className="form-fields bare">
            <Labelled id={`${id}-name`} label={t('name')} fault={faults.get('name')} required hint={t('nameHint')}><input {...faulty(`${id}-name`, faults.get('name'))} className="input" autoFocus autoComplete="off" maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} /></Labelled>
            <Labelled id={`${id}-resource`} label={t('about')} fault={faults.get('resource')}>
              <select {...faulty(`${id}-resource`, faults.get('resource'))} className="input" value={draft.resource} onChange={(event) => set({ resource: event.target.value, filter: '', fieldRules: [] })}>{resources.map((entry) => <option key={entry.resource} value={entry.resource}>{entry.pluralLabel || entry.label}</option>)}</select>
            </Labelled>
          </div>
          <PolicySubjects id={id} subjects={draft.subjects} roles={roles} fault={[...faults].find(([part]) => part.startsWith('subjects'))?.[1]} onChange={(subjects) => set({ subjects })} />
          <div className="switch" role="group" aria-label={t('speaksOf')}>
            <button type="button" aria-pressed={!ofFields} onClick={() => setOfFields(false)}>{t('ofRecords')}</button><button type="button" aria-pressed={ofFields} onClick={() => setOfFields(true)}>{t('ofFields')}</button>
          </div>
          {ofFields ? (resource === undefined ? null : <FieldRules resource={resource} rules={draft.fieldRules} faults={faults} onChange={(fieldRules) => set({ fieldRules })} />) : (
            <>
              <div className="tw:flex tw:gap-5 tw:flex-wrap">
                <fieldset className="choices row"><legend className="form-label">{t('effect')}</legend>{(['DENY', 'ALLOW'] as const).map((effect) => <label key={effect}><input type="radio" name={`${id}-effect`} checked={draft.effect === `POLICY_EFFECT_${effect}`} onChange={() => set({ effect: `POLICY_EFFECT_${effect}` })} />{t(effect === 'DENY' ? 'denies' : 'allows')}</label>)}</fieldset>
                <fieldset className="choices row"><legend className="form-label">{t('actions')}</legend>
                  {actions.map((action) => <label key={action}><input type="checkbox" checked={draft.actions.includes(action)} onChange={() => set({ actions: draft.actions.includes(action) ? draft.actions.filter((entry) => entry !== action) : [...draft.actions, action] })} />{words(`access.actions.${action}`)}</label>)}
                  {faults.has('actions') ? <p className="fault" role="alert">{faults.get('actions')}</p> : null}
                </fieldset>
              </div>
              <div className="form-field">
                <span className="form-label" id={`${id}-which`}>{t('which')}</span>
                {resource === undefined ? null : <FilterField key={draft.resource} labelledBy={`${id}-which`} resource={resource} filter={draft.filter} fault={faults.get('filter')} onFilter={(filter) => set({ filter })} />}
                <small>{t('whichHint')}</small>
              </div>
            </>
          )}
          <label className="check-line"><input type="checkbox" checked={draft.disabled} onChange={(event) => set({ disabled: event.target.checked })} /><span>{t('disable')}</span></label>
        </div>
        {unplaced ? <p className="fault" role="alert">{fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : fault.message}</p> : null}
        <footer>
          {policy === undefined ? null : <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('deleteSure') : t('delete')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{words('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

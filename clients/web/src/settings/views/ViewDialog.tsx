import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { SavedView } from '../../api/api';
import { useMay } from '../../api/me';
import { useMaybeResource } from '../../api/metadata';
import { teamsQuery } from '../../api/teams';
import { groupFieldsOf } from '../../records/groups';
import { useNotice } from '../../ui/Notice';
import { faultsOf } from '../objects/fields';
import { FilterField } from '../objects/FilterField';
import { faulty, Labelled } from '../objects/Labelled';
import { translated } from '../objects/ObjectDialog';
import { useRoles } from '../tenants';
import { deleteView, draftOf, updateView, viewsQuery, type ViewDraft } from './views';

/** What a view is called, who sees it and by what it narrows; its columns and its order are changed where it is looked at. */
export function ViewDialog({ view, onClose }: { readonly view: SavedView; readonly onClose: () => void }) {
  const [t, words, id, client, tell] = [useTranslations('savedViews'), useTranslations('settings'), useId(), useQueryClient(), useNotice()];
  const [teams, roles, writes] = [useQuery(teamsQuery).data ?? [], useRoles().data ?? [], useMay('metadata.write')];
  const [draft, setDraft] = useState<ViewDraft>(draftOf(view));
  const resource = useMaybeResource(view.resource);
  const [sure, setSure] = useState(false);
  const set = (parts: Partial<ViewDraft>) => setDraft((now) => ({ ...now, ...parts }));
  const done = (text: string) => {
    onClose();
    tell({ text });
    void client.invalidateQueries({ queryKey: viewsQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['resource', view.resource] });
  };
  const save = useMutation({ mutationFn: () => updateView(view, draft), onSuccess: () => done(t('saved', { name: draft.label })) });
  const remove = useMutation({ mutationFn: () => deleteView(view.id), onSuccess: () => done(t('deleted', { name: draft.label })) });
  const fault = save.error ?? remove.error;
  const faults = faultsOf(fault instanceof ApiProblem ? fault.errors : [], 'savedView');
  const [labelFault, teamFault, filterFault, groupFault] = [faults.get('label'), faults.get('teamId'), faults.get('filter'), faults.get('groupField')];
  const groups = resource === undefined ? [] : groupFieldsOf(resource);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const company = draft.visibility === 'VISIBILITY_COMPANY';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t('title', { name: view.label })}</h2></header>
        <div className="form-fields one">
          <Labelled id={`${id}-label`} label={t('name')} fault={labelFault} required><input {...faulty(`${id}-label`, labelFault)} className="input" autoFocus autoComplete="off" maxLength={80} value={draft.label} onChange={(event) => set({ label: event.target.value })} /></Labelled>
          <Labelled id={`${id}-ru`} label={t('nameRussian')}><input id={`${id}-ru`} className="input" lang="ru" autoComplete="off" maxLength={80} value={draft.labelTranslations['ru'] ?? ''} onChange={(event) => set({ labelTranslations: translated(draft.labelTranslations, event.target.value) })} /></Labelled>
          {resource === undefined ? null : <div className="form-field"><span id={`${id}-filter`} className="form-label">{t('filter')}</span><FilterField resource={resource} labelledBy={`${id}-filter`} filter={draft.filter} fault={filterFault} onFilter={(filter) => set({ filter })} /></div>}
          {groups.length === 0 || view.kind === 'SAVED_VIEW_KIND_CALENDAR' ? null : (
            <Labelled id={`${id}-group`} label={t('group')} fault={groupFault}><select {...faulty(`${id}-group`, groupFault)} className="input" value={draft.groupField} onChange={(event) => set({ groupField: event.target.value })}>
              {view.kind === 'SAVED_VIEW_KIND_BOARD' ? null : <option value="">{t('ungrouped')}</option>}
              {groups.some(({ path }) => path === draft.groupField) || draft.groupField === '' ? null : <option value={draft.groupField}>{draft.groupField}</option>}
              {groups.map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}
            </select></Labelled>
          )}
          <fieldset className="choices">
            <legend className="form-label">{t('who')}</legend>
            {(['VISIBILITY_PRIVATE', 'VISIBILITY_TEAM', 'VISIBILITY_COMPANY'] as const).filter((who) => (who !== 'VISIBILITY_TEAM' || teams.length > 0) && (who !== 'VISIBILITY_COMPANY' || writes)).map((who) => (
              <label key={who}><input type="radio" name={`${id}-who`} checked={draft.visibility === who} onChange={() => set({ visibility: who, teamId: draft.teamId || (teams[0]?.id ?? '') })} />{t(`whose.${who}`)}</label>
            ))}
          </fieldset>
          {draft.visibility !== 'VISIBILITY_TEAM' ? null : (
            <Labelled id={`${id}-team`} label={t('team')} fault={teamFault}><select {...faulty(`${id}-team`, teamFault)} className="input" value={draft.teamId} onChange={(event) => set({ teamId: event.target.value })}>{teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</select></Labelled>
          )}
          {!company ? null : (
            <fieldset className="choices">
              <legend className="form-label">{t('begins')}</legend>
              <label><input type="checkbox" checked={draft.pinned} onChange={(event) => set({ pinned: event.target.checked })} />{t('pin')}</label>
              {roles.map((role) => <label key={role.name}><input type="checkbox" checked={draft.defaultForRoles.includes(role.name)} onChange={() => set({ defaultForRoles: draft.defaultForRoles.includes(role.name) ? draft.defaultForRoles.filter((name) => name !== role.name) : [...draft.defaultForRoles, role.name] })} />{t('beginsFor', { role: role.displayName || role.name })}</label>)}
            </fieldset>
          )}
          {fault === null || [labelFault, teamFault, filterFault, groupFault].some((part) => part !== undefined) ? null : <p className="fault" role="alert">{fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : fault.message}</p>}
        </div>
        <footer>
          <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('deleteSure') : t('delete')}</button>
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending || draft.label.trim() === ''}>{words('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

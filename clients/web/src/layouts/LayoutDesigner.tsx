import { ApiProblem } from '@platform/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Layout, Resource } from '../api/api';
import { faultsOf } from '../settings/objects/fields';
import { faulty, Labelled } from '../settings/objects/Labelled';
import { redrawn } from '../settings/objects/metadata';
import { translated } from '../settings/objects/ObjectDialog';
import { useRoles } from '../settings/tenants';
import { useNotice } from '../ui/Notice';
import { HiddenFields } from './HiddenFields';
import { LayoutPreview } from './LayoutPreview';
import { begun, deleteLayout, draftOf, hidden, keepLayout, put, settled, stepped, type Draft, type Kind } from './layouts';
import { SectionBox } from './SectionBox';

// Most layouts are for whatever record.
const FilterField = dynamic(() => import('../settings/objects/FilterField').then((file) => file.FilterField));

interface Props {
  readonly resource: Resource;
  readonly layout: Layout | undefined;
  readonly kind: Kind;
  readonly others: readonly Layout[];
  /** Where the layouts of the resource are. */
  readonly back: string;
}

/** A layout while it is designed: fields are moved by hand or with the arrows, and what comes of it stands beside them. */
export function LayoutDesigner({ resource, layout: shown, kind, others, back }: Props) {
  // What is written over is what was seen when writing began.
  const [layout] = useState(shown);
  const [t, id, client, tell, router] = [useTranslations('layouts'), useId(), useQueryClient(), useNotice(), useRouter()];
  const [draft, setDraft] = useState<Draft>(() => (layout === undefined ? begun(resource, kind, { label: t(`madeEnglish.${kind}`), labelTranslations: { ru: t(`madeRussian.${kind}`) } }, others) : draftOf(layout)));
  const [said, setSaid] = useState('');
  const [sure, setSure] = useState(false);
  const [asks, setAsks] = useState(draft.condition !== '');
  const roles = useRoles().data ?? [];
  const change = (parts: Partial<Draft>) => setDraft((now) => ({ ...now, ...parts }));
  const arrange = (sections: Draft['sections'], text: string) => {
    change({ sections });
    setSaid(text);
  };
  const done = async (text: string) => {
    await redrawn(client);
    tell({ text });
    router.push(back);
  };
  const save = useMutation({ mutationFn: () => keepLayout(layout, resource.resource, settled(draft)), onSuccess: () => done(t('saved', { name: draft.label })) });
  const remove = useMutation({ mutationFn: () => deleteLayout(layout!), onSuccess: () => done(t('deleted', { name: draft.label })) });
  const problem = save.error ?? remove.error;
  const faults = faultsOf(problem instanceof ApiProblem ? problem.errors : [], 'layout');
  const [labelFault, conditionFault] = [faults.get('label'), faults.get('condition')];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const empty = draft.sections.every((section) => section.fields.length === 0);
  return (
    <form className="layout-designer" onSubmit={submit} noValidate>
      <p className="unseen" role="status">{said}</p>
      <div className="tw:grid tw:gap-5 tw:content-start">
        <div className="form-fields bare">
          <Labelled id={`${id}-label`} label={t('name')} fault={labelFault} required><input {...faulty(`${id}-label`, labelFault)} className="input" autoComplete="off" maxLength={80} value={draft.label} onChange={(event) => change({ label: event.target.value })} /></Labelled>
          <Labelled id={`${id}-ru`} label={t('nameRussian')}><input id={`${id}-ru`} className="input" lang="ru" autoComplete="off" maxLength={80} value={draft.labelTranslations['ru'] ?? ''} onChange={(event) => change({ labelTranslations: translated(draft.labelTranslations, event.target.value) })} /></Labelled>
          <fieldset className="choices many wide">
            <legend className="form-label">{t('roles')}</legend>
            {roles.map((role) => <label key={role.name}><input type="checkbox" checked={draft.roles.includes(role.name)} onChange={() => change({ roles: draft.roles.includes(role.name) ? draft.roles.filter((name) => name !== role.name) : [...draft.roles, role.name] })} />{role.displayName || role.name}</label>)}
            <small>{t(draft.roles.length === 0 ? 'rolesNone' : 'rolesSome')}</small>
          </fieldset>
          <div className="form-field wide"><span id={`${id}-condition`} className="form-label">{t('condition')}</span>{asks ? <FilterField begun resource={resource} labelledBy={`${id}-condition`} filter={draft.condition} fault={conditionFault} onFilter={(condition) => change({ condition })} /> : <button type="button" className="button ghost add" onClick={() => setAsks(true)}><Plus size={15} aria-hidden />{t('addCondition')}</button>}</div>
          <Labelled id={`${id}-position`} label={t('position')} hint={t('positionHint')}><input id={`${id}-position`} className="input" type="number" min={0} max={100000} value={draft.position} onChange={(event) => change({ position: Math.max(0, Math.min(100_000, Math.round(Number(event.target.value)))) })} /></Labelled>
          <label className="check-line"><input type="checkbox" checked={draft.withOthers} onChange={(event) => change({ withOthers: event.target.checked })} /><span>{t('withOthers')}</span></label>
        </div>
        {draft.sections.map((section, index) => (
          <SectionBox key={index} resource={resource} kind={kind} sections={draft.sections} at={index} section={section}
            onSections={(sections) => change({ sections })} onStep={(path, step) => arrange(stepped(draft.sections, path, step), t('moved'))}
            onPut={(path, at) => arrange(put(draft.sections, path, { section: index, at }), t('moved'))} onHide={(path) => arrange(hidden(draft.sections, path), t('isHidden'))} />
        ))}
        {kind === 'LAYOUT_KIND_FORM' ? <button type="button" className="button ghost add" onClick={() => change({ sections: [...draft.sections, { title: t('madeEnglish.section'), titleTranslations: { ru: t('madeRussian.section') }, columns: 2, collapsed: false, fields: [] }] })}><Plus size={15} aria-hidden />{t('addSection')}</button> : null}
        <HiddenFields resource={resource} sections={draft.sections} onShow={(path) => arrange(put(draft.sections, path, { section: draft.sections.length - 1, at: draft.sections.at(-1)?.fields.length ?? 0 }), t('isShown'))} />
        {problem === null || labelFault !== undefined || conditionFault !== undefined ? null : <p className="fault" role="alert">{problem instanceof ApiProblem ? (problem.code === 'STALE_ETAG' ? t('conflict') : (problem.errors[0]?.message ?? problem.message)) : problem.message}</p>}
        <footer className="tw:flex tw:gap-2">
          <button type="submit" className="button primary" disabled={save.isPending || empty || draft.label.trim() === ''}>{t('save')}</button>
          <button type="button" className="button ghost" onClick={() => router.push(back)}>{t('cancel')}</button>
          <span className="grow" />
          {layout === undefined ? null : <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{t(sure ? 'deleteSure' : 'delete')}</button>}
        </footer>
      </div>
      <LayoutPreview resource={resource} kind={kind} sections={draft.sections} />
    </form>
  );
}

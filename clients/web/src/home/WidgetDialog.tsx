import Dialog from '@mui/material/Dialog';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { call, type Resource } from '../api/api';
import { useMaybeResource, useResources } from '../api/metadata';
import { may } from '../api/rights';
import { saidOf } from '../api/told';
import { FilterField } from '../settings/objects/FilterField';
import { Labelled } from '../settings/objects/Labelled';
import { translated } from '../settings/objects/ObjectDialog';
import type { Widget } from './dashboards';
import { Presets } from './Presets';
import { WidgetShape } from './WidgetShape';
import { blank, settled } from './widgets';

interface Props {
  /** None for a new one. */
  readonly widget: Widget | undefined;
  readonly onDone: (widget: Widget) => void;
  readonly onClose: () => void;
}

/** What a widget shows: of which records, narrowed by what, as a figure, a list or a chart, and how large. */
export function WidgetDialog({ widget, onDone, onClose }: Props) {
  const [t, words, id] = [useTranslations('home'), useTranslations('settings'), useId()];
  const readable = useResources().filter((entry) => entry.restPath !== '' && (entry.actions.length === 0 || may(entry, 'read')));
  const [draft, setDraft] = useState<Widget>(widget ?? blank((readable.find((entry) => entry.resource === 'deals.deal') ?? readable[0])?.resource ?? ''));
  const resource = useMaybeResource(draft.resource);
  const fault = useFilterFault(resource, draft.filter);
  const change = (parts: Partial<Widget>) => setDraft((now) => ({ ...now, ...parts }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone(settled(draft));
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t(widget === undefined ? 'newWidget' : 'widget')}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll">
          {widget === undefined ? <Presets resources={readable} onChoose={onDone} /> : null}
          <div className="form-fields">
            <Labelled id={`${id}-resource`} label={t('resource')}>
              <select id={`${id}-resource`} className="input" value={draft.resource} onChange={(event) => setDraft({ ...blank(event.target.value), kind: draft.kind, title: draft.title, titleTranslations: draft.titleTranslations, width: draft.width, height: draft.height })}>
                {readable.some((entry) => entry.resource === draft.resource) ? null : <option value={draft.resource}>{draft.resource}</option>}
                {readable.map((entry) => <option key={entry.resource} value={entry.resource}>{entry.pluralLabel || entry.label}</option>)}
              </select>
            </Labelled>
            <Labelled id={`${id}-name`} label={t('name')}><input id={`${id}-name`} className="input" autoComplete="off" maxLength={100} placeholder={resource?.pluralLabel} value={draft.title} onChange={(event) => change({ title: event.target.value })} /></Labelled>
            <Labelled id={`${id}-ru`} label={t('nameRussian')}><input id={`${id}-ru`} className="input" lang="ru" autoComplete="off" maxLength={100} value={draft.titleTranslations['ru'] ?? ''} onChange={(event) => change({ titleTranslations: translated(draft.titleTranslations, event.target.value) })} /></Labelled>
            {resource === undefined ? null : <WidgetShape id={id} resource={resource} draft={draft} change={change} />}
            <div className="form-field wide">
              <span id={`${id}-filter`} className="form-label">{t('filter')}</span>
              {resource === undefined ? null : <FilterField key={draft.resource} resource={resource} labelledBy={`${id}-filter`} filter={draft.filter} fault={fault} onFilter={(filter) => change({ filter })} />}
            </div>
          </div>
        </div>
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          <button type="submit" className="button primary" disabled={fault !== undefined || (draft.kind === 'WIDGET_KIND_CHART' && draft.groupBy === '')}>{t(widget === undefined ? 'add' : 'take')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What the platform says of a filter that it does not understand: asked of the list itself, by its first record. */
function useFilterFault(resource: Resource | undefined, filter: string): string | undefined {
  const asked = useQuery({
    queryKey: ['rows', resource?.resource, 'related', 'tried', filter],
    queryFn: ({ signal }) => call('GET', resource!.restPath, { query: { pageSize: 1, filter }, signal }),
    enabled: resource !== undefined && filter !== '',
    retry: false,
  });
  return asked.error === null ? undefined : saidOf(asked.error);
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '@platform/api';
import { LayoutDashboard, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay, useMe } from '../api/me';
import { saidOf, toldOf } from '../api/told';
import { useRoles } from '../settings/tenants';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';
import { Title } from '../ui/Title';
import { inOrder, movedTo, packed } from './arrange';
import { dashboardFor, dashboardsQuery, dropDashboard, keepWidgets, type Audience, type Dashboard, type Widget } from './dashboards';
import { WidgetCard } from './WidgetCard';
import { WidgetDialog } from './WidgetDialog';

interface Props {
  /** What is seen now: with it begins whoever has nothing of their own. */
  readonly shown: Dashboard;
  readonly onClose: () => void;
}

/** The dashboard while it is arranged: for oneself, and by who shapes the company for everybody or a role. */
export function ArrangePage({ shown, onClose }: Props) {
  const [audience, setAudience] = useState<Audience>('me');
  // For whom it is may be chosen last: what was arranged stays.
  const [arranged, setArranged] = useState<readonly Widget[]>();
  const [found, me] = [useQuery({ ...dashboardsQuery, staleTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false }), useMe()];
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  // What is kept from before may be older than what stands there: an etag of yesterday would be refused.
  if (found.data === undefined || !found.isFetchedAfterMount) return <Skeleton />;
  const known = dashboardFor(found.data, audience, me.id);
  // What is not of the target yet begins as the caller sees it, or as it was written where that is known.
  const begun = known ?? found.data.find(({ id }) => id === shown.id) ?? nameless(shown);
  return <Arrange key={`${audience} ${known?.etag ?? ''}`} audience={audience} onAudience={setAudience} known={known} widgets={arranged ?? inOrder(begun.widgets)} onWidgets={setArranged} onClose={onClose} />;
}

/** What was made up is called by its records, in the language of whoever looks: kept, it would be in that language for good. */
const nameless = (dashboard: Dashboard): Dashboard => ({ ...dashboard, widgets: dashboard.widgets.map((widget) => ({ ...widget, title: '' })) });

interface ArrangeProps {
  readonly audience: Audience;
  readonly onAudience: (audience: Audience) => void;
  readonly known: Dashboard | undefined;
  readonly widgets: readonly Widget[];
  readonly onWidgets: (widgets: readonly Widget[]) => void;
  readonly onClose: () => void;
}

function Arrange({ audience, onAudience, known, widgets, onWidgets, onClose }: ArrangeProps) {
  const [t, tell, client] = [useTranslations('home'), useNotice(), useQueryClient()];
  const [editing, setEditing] = useState<number | 'new'>();
  const [said, setSaid] = useState('');
  const [sure, setSure] = useState(false);
  const done = async (text: string) => {
    await Promise.all([client.invalidateQueries({ queryKey: ['home'] }), client.invalidateQueries({ queryKey: dashboardsQuery.queryKey, refetchType: 'none' })]);
    tell({ text });
    onClose();
  };
  const refused = (fault: Error) => tell({ text: fault instanceof ApiProblem && fault.code === 'STALE_ETAG' ? t('conflict') : saidOf(fault), bad: true });
  const keep = useMutation({ mutationFn: () => keepWidgets(known, audience, { label: t('madeEnglish.home'), labelTranslations: { ru: t('madeRussian.home') } }, packed(widgets)), onSuccess: () => done(t('kept')), onError: refused });
  const drop = useMutation({ mutationFn: () => dropDashboard(known!), onSuccess: () => done(t('dropped')), onError: refused });
  const set = (at: number, widget: Widget) => onWidgets(widgets.map((entry, index) => (index === at ? widget : entry)));
  const move = (from: number, to: number) => {
    onWidgets(movedTo(widgets, from, to));
    setSaid(t('movedTo', { place: Math.min(Math.max(to + 1, 1), widgets.length), count: widgets.length }));
  };
  const add = <button type="button" className="button" onClick={() => setEditing('new')}><Plus size={15} aria-hidden /><span>{t('add')}</span></button>;
  return (
    <div className="page">
      <Title>{t('arrange')}</Title>
      <header className="topbar">
        <h1 className="truncate">{t('arrange')}</h1><span className="grow" />
        <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
        <button type="button" className="button primary" disabled={keep.isPending} onClick={() => keep.mutate()}>{t('keep')}</button>
      </header>
      <div className="toolbar"><div className="tools bar-tools">
        <ForWhom audience={audience} onAudience={onAudience} />
        {add}
        <span className="grow" />
        {known === undefined ? null : <button type="button" className="button ghost danger" disabled={drop.isPending} onBlur={() => setSure(false)} onClick={() => (sure || audience === 'me' ? drop.mutate() : setSure(true))}>{t(audience === 'me' ? 'dropMine' : sure ? 'dropSure' : 'drop')}</button>}
      </div></div>
      <p className="unseen" role="status">{said}</p>
      <div className="sheet-page home">
        {widgets.length === 0 ? <Blank icon={LayoutDashboard} title={t('empty')} action={add}>{t('emptyHint')}</Blank> : (
          <div className="widgets arranged">
            {widgets.map((widget, index) => (
              <WidgetCard key={index} widget={widget} index={index} count={widgets.length} arranging={{
                onMove: move, onChange: (changed) => set(index, changed), onEdit: () => setEditing(index),
                onRemove: () => onWidgets(widgets.filter((_entry, at) => at !== index)),
              }} />
            ))}
          </div>
        )}
      </div>
      {editing === undefined ? null : (
        <WidgetDialog widget={editing === 'new' ? undefined : widgets[editing]} onClose={() => setEditing(undefined)}
          onDone={(widget) => { if (editing === 'new') onWidgets([...widgets, widget]); else set(editing, widget); setEditing(undefined); }} />
      )}
    </div>
  );
}

function ForWhom({ audience, onAudience }: Pick<ArrangeProps, 'audience' | 'onAudience'>) {
  const [t, writes, reads] = [useTranslations('home'), useMay('metadata.write'), useMay('tenants.read')];
  const roles = useRoles(writes && reads).data ?? [];
  if (!writes) return null;
  return (
    <label className="bar-field"><span>{t('for')}</span>
      <select className="input" value={audience} onChange={(event) => onAudience(event.target.value as Audience)}>
        <option value="me">{t('me')}</option>
        <option value="everybody">{t('everybody')}</option>
        {roles.map((role) => <option key={role.name} value={`role:${role.name}`}>{t('role', { name: role.displayName || role.name })}</option>)}
      </select>
    </label>
  );
}

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Columns3, SquareKanban, TriangleAlert, CalendarDays, PanelsTopLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SavedView } from '../../api/api';
import { useMay, useMe } from '../../api/me';
import { useResources } from '../../api/metadata';
import { toldOf } from '../../api/told';
import { listPath } from '../../routing/places';
import { Link } from '../../routing/Link';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { ViewDialog } from './ViewDialog';
import { inOrder, mayChange, viewsQuery } from './views';

const icons = { SAVED_VIEW_KIND_BOARD: SquareKanban, SAVED_VIEW_KIND_CALENDAR: CalendarDays } as const;

/** The saved views of all lists: one's own, those of one's teams, those of the company. */
export function ViewsPage() {
  const [t, me, writes, resources, found] = [useTranslations('savedViews'), useMe(), useMay('metadata.write'), useResources(), useQuery(viewsQuery)];
  const [editing, setEditing] = useState<SavedView>();
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  if (found.data.length === 0) return <Blank icon={PanelsTopLeft} title={t('none')}>{t('noneHint')}</Blank>;
  const named = resources.filter(({ resource }) => found.data.some((view) => view.resource === resource));
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <p className="dim">{t('hint')}</p>
      {named.map((resource) => (
        <section key={resource.resource} className="tw:grid tw:gap-2">
          <h2 className="section-title">{resource.pluralLabel || resource.label}</h2>
          <ul className="rows-list">
            {inOrder(found.data.filter((view) => view.resource === resource.resource)).map((view) => {
              const Icon = icons[view.kind as keyof typeof icons] ?? Columns3;
              return (
                <li key={view.id} className="row-link">
                  <Icon size={16} aria-hidden />
                  <span className="who"><Link className="as-text" href={`${listPath(view.resource)}?view=${encodeURIComponent(view.id)}`}>{view.label || view.key}</Link><small className="mono truncate">{view.filter}</small></span>
                  <span className="grow" />
                  {view.problems.length === 0 ? null : <span className="danger" title={view.problems.map((problem) => problem.message).join(' ')}><TriangleAlert size={15} aria-label={view.problems.map((problem) => problem.message).join(' ')} /></span>}
                  <span className="pills flags">{view.preferred ? <span className="pill">{t('preferred')}</span> : null}{view.pinned ? <span className="pill">{t('pinned')}</span> : null}<span className="pill">{t(`whose.${view.visibility}`)}</span></span>
                  {mayChange(view, me.id, writes) ? <button type="button" className="button ghost" aria-label={`${t('change')}: ${view.label}`} onClick={() => setEditing(view)}>{t('change')}<ChevronRight size={14} aria-hidden /></button> : null}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {editing === undefined ? null : <ViewDialog view={editing} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

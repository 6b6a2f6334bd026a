import { ChartNoAxesColumn, Hash, ListChecks, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import type { Widget } from './dashboards';
import { blank } from './widgets';

type Name = 'myDeals' | 'pipeline' | 'byStage' | 'byMonth' | 'tasks' | 'newLeads' | 'overdue';

const open = 'status = DEAL_STATUS_OPEN';
const sum = (field: string) => ({ function: 'AGGREGATE_FUNCTION_SUM' as const, field });

// What most people want to see; with each of them one may go on.
const presets: readonly (readonly [Name, LucideIcon, string, Partial<Widget>])[] = [
  ['myDeals', ListChecks, 'deals.deal', { kind: 'WIDGET_KIND_LIST', filter: `${open} AND owner_id = user.id`, orderBy: 'close_date', width: 6, height: 4 }],
  ['pipeline', Hash, 'deals.deal', { filter: open, aggregation: sum('amount') }],
  ['byStage', ChartNoAxesColumn, 'deals.deal', { kind: 'WIDGET_KIND_CHART', groupBy: 'stage_id', aggregation: sum('amount'), width: 6, height: 3 }],
  ['byMonth', ChartNoAxesColumn, 'deals.deal', { kind: 'WIDGET_KIND_CHART', filter: open, groupBy: 'close_date', aggregation: sum('amount'), width: 6, height: 3 }],
  ['tasks', ListChecks, 'contacts.activity', { kind: 'WIDGET_KIND_LIST', filter: 'status = ACTIVITY_STATUS_OPEN AND assignee_id = user.id', orderBy: 'due_time', width: 6, height: 4 }],
  ['newLeads', Hash, 'contacts.lead', { filter: 'create_time >= daysAgo(7)' }],
  ['overdue', ListChecks, 'finance.invoice', { kind: 'WIDGET_KIND_LIST', filter: 'due_date < today()', orderBy: 'due_date', width: 6, height: 4 }],
];

/** Widgets that are ready, of what the caller may read. */
export function Presets({ resources, onChoose }: { readonly resources: readonly Resource[]; readonly onChoose: (widget: Widget) => void }) {
  const t = useTranslations('home');
  // Everybody of the company may look at it, not only in the language of whoever made it.
  const madeOf = (name: Name) => ({ title: t(`madeEnglish.${name}`), titleTranslations: { ru: t(`madeRussian.${name}`) } });
  const offered = presets.filter(([, , name]) => resources.some(({ resource }) => resource === name));
  if (offered.length === 0) return null;
  return (
    <section className="types" aria-label={t('ready')}>
      <h3>{t('ready')}</h3>
      <div className="type-grid">
        {offered.map(([name, Icon, resource, more]) => (
          <button key={name} type="button" className="type" onClick={() => onChoose(blank(resource, { ...madeOf(name), ...more }))}>
            <span className="mark-box"><Icon size={15} aria-hidden /></span><span className="who"><span>{t(`presets.${name}`)}</span></span>
          </button>
        ))}
      </div>
      <h3>{t('own')}</h3>
    </section>
  );
}

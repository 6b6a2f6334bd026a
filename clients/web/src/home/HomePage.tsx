'use client';

import { useQuery } from '@tanstack/react-query';
import { LayoutDashboard, Settings2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { call, type Resource } from '../api/api';
import { useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useLanguage } from '../i18n/useLanguage';
import { useLiveWidgets } from '../live/useLive';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { Title } from '../ui/Title';
import { inOrder } from './arrange';
import { homeQuery } from './dashboards';
import { WidgetCard } from './WidgetCard';

// Who looks at the dashboard does not arrange it.
const ArrangePage = dynamic(() => import('./ArrangePage').then((file) => file.ArrangePage), { loading: () => <Skeleton /> });

/** What somebody sees first: widgets that count, list and draw, as they or their company have arranged them. */
export function HomePage() {
  const [t, [language]] = [useTranslations('home'), useLanguage()];
  const home = useQuery(homeQuery(call, language));
  const resources = useResources();
  const [arranging, setArranging] = useState(false);
  const dashboard = home.data;
  if (arranging && dashboard !== undefined) return <ArrangePage shown={dashboard} onClose={() => setArranging(false)} />;
  const arrange = <button type="button" className="button" onClick={() => setArranging(true)}><Settings2 size={15} aria-hidden /><span>{t('arrange')}</span></button>;
  return (
    <div className="page">
      <Title>{t('title')}</Title>
      {resources.filter(({ resource }) => dashboard?.widgets.some((widget) => widget.resource === resource)).map((resource) => <Followed key={resource.resource} resource={resource} />)}
      <header className="topbar"><h1 className="truncate">{dashboard?.label || t('title')}</h1><span className="grow" />{dashboard === undefined ? null : arrange}</header>
      <div className="sheet-page home">
        {home.isError && dashboard === undefined ? <Fault told={toldOf(home.error)} onRetry={() => void home.refetch()} />
          : dashboard === undefined ? <Skeleton />
          : dashboard.widgets.length === 0 ? <Blank icon={LayoutDashboard} title={t('empty')} action={arrange}>{t('emptyHint')}</Blank>
          : <div className="widgets">{inOrder(dashboard.widgets).map((widget, index, all) => <WidgetCard key={index} widget={widget} index={index} count={all.length} />)}</div>}
      </div>
    </div>
  );
}

/** Widgets follow what others change, however many are about the same records. */
function Followed({ resource }: { readonly resource: Resource }) {
  useLiveWidgets(resource);
  return null;
}

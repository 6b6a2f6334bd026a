'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { ComponentType } from 'react';
import { usePermissions } from '../api/me';
import { Link } from '../routing/Link';
import { Nowhere } from '../shell/Nowhere';
import { PageFrame } from '../ui/PageFrame';
import { sectionsFor, settingsPath, type SectionKey } from './sections';

interface SectionProps {
  /** What follows the section in the address. */
  readonly path: string;
}

const pages: Readonly<Record<SectionKey, ComponentType<SectionProps>>> = {
  members: dynamic(() => import('./Members').then((file) => file.Members)),
  roles: dynamic(() => import('./roles/RolesPage').then((file) => file.RolesPage)),
  objects: dynamic(() => import('./objects/ObjectsPage').then((file) => file.ObjectsPage)),
  pipelines: dynamic(() => import('./pipelines/PipelinesPage').then((file) => file.PipelinesPage)),
  prices: dynamic(() => import('./prices/PricesPage').then((file) => file.PricesPage)),
  layouts: dynamic(() => import('../layouts/LayoutsPage').then((file) => file.LayoutsPage)),
  dictionaries: dynamic(() => import('./dictionaries/DictionariesPage').then((file) => file.DictionariesPage)),
  views: dynamic(() => import('./views/ViewsPage').then((file) => file.ViewsPage)),
  publishing: dynamic(() => import('./publishing/PublishingPage').then((file) => file.PublishingPage)),
  forms: dynamic(() => import('./forms/FormsPage').then((file) => file.FormsPage)),
  scoring: dynamic(() => import('./scoring/ScoringPage').then((file) => file.ScoringPage)),
  theme: dynamic(() => import('./theme/ThemePage').then((file) => file.ThemePage)),
  access: dynamic(() => import('./Access').then((file) => file.Access)),
  sessions: dynamic(() => import('./Sessions').then((file) => file.Sessions)),
  'sign-in': dynamic(() => import('./signin/SignInPage').then((file) => file.SignInPage)),
  keys: dynamic(() => import('./Keys').then((file) => file.Keys)),
  imports: dynamic(() => import('./Imports').then((file) => file.Imports)),
  audit: dynamic(() => import('./Audit').then((file) => file.Audit)),
};

/** On a narrow screen the tabs go on beyond its edge: the one that was chosen is seen. */
const shownTab = (tab: HTMLElement | null): void => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** What a company and a person have set, a page each. */
export function SettingsPage({ section }: { readonly section: string }) {
  const [t, permissions] = [useTranslations('settings'), usePermissions()];
  const shown = sectionsFor(permissions);
  const [name = '', ...path] = section.split('/');
  const chosen = name === '' ? shown[0] : shown.find((entry) => entry.key === name);
  const Section = chosen === undefined ? undefined : pages[chosen.key];
  return (
    <PageFrame title={t('title')} bar={(
      <nav className="toolbar settings-bar" aria-label={t('title')}>
        <div className="tabs">
          {shown.map(({ key }) => <Link key={key} className="tab" href={settingsPath(key)} ref={key === chosen?.key ? shownTab : undefined} aria-current={key === chosen?.key ? 'page' : undefined}>{t(`sections.${key}`)}</Link>)}
        </div>
      </nav>
    )}>
      {Section === undefined ? <Nowhere /> : <Section path={path.join('/')} />}
    </PageFrame>
  );
}

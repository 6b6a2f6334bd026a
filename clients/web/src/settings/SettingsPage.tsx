'use client';

import { useTranslations } from 'next-intl';
import type { ComponentType } from 'react';
import { usePermissions } from '../api/me';
import { Link } from '../routing/Link';
import { Nowhere } from '../shell/Nowhere';
import { PageFrame } from '../ui/PageFrame';
import { Access } from './Access';
import { Audit } from './Audit';
import { Keys } from './Keys';
import { Members } from './Members';
import { sectionsFor, settingsPath, type SectionKey } from './sections';
import { Sessions } from './Sessions';

const pages: Readonly<Record<SectionKey, ComponentType>> = { members: Members, access: Access, sessions: Sessions, keys: Keys, audit: Audit };

/** What a company and a person have set, a page each. */
export function SettingsPage({ section }: { readonly section: string }) {
  const [t, permissions] = [useTranslations('settings'), usePermissions()];
  const shown = sectionsFor(permissions);
  const chosen = section === '' ? shown[0] : shown.find((entry) => entry.key === section);
  const Section = chosen === undefined ? undefined : pages[chosen.key];
  return (
    <PageFrame title={t('title')} bar={(
      <nav className="toolbar" aria-label={t('title')}>
        <div className="tabs">
          {shown.map(({ key }) => <Link key={key} className="tab" href={settingsPath(key)} aria-current={key === chosen?.key ? 'page' : undefined}>{t(`sections.${key}`)}</Link>)}
        </div>
      </nav>
    )}>
      {Section === undefined ? <Nowhere /> : <Section />}
    </PageFrame>
  );
}

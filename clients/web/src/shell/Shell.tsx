'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'next-intl';
import { JobsProvider } from '../bulk/JobsProvider';
import { Commands } from '../commands/Commands';
import { LiveProvider } from '../live/LiveProvider';
import { Sidebar } from './Sidebar';

/** The frame of all pages: the menu beside them, or over them where there is no room. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [t, path] = [useTranslations('shell'), usePathname()];
  // The menu belongs to the page over which it was opened: the next page begins without it.
  const [openAt, setOpenAt] = useState<string>();
  const open = openAt === path;
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpenAt(undefined);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  return (
    <LiveProvider>
      <JobsProvider><Commands>
        <div className="shell" data-open={open}>
          <a className="skip" href="#content">{t('skip')}</a>
          <Sidebar />
          <button type="button" className="veil" tabIndex={-1} aria-label={t('closeMenu')} onClick={() => setOpenAt(undefined)} />
          <main id="content" className="content" tabIndex={-1}>
            <button type="button" className="icon-button burger" aria-label={t('openMenu')} aria-expanded={open} onClick={() => setOpenAt(path)}><MenuIcon size={18} aria-hidden /></button>
            {children}
          </main>
        </div>
      </Commands></JobsProvider>
    </LiveProvider>
  );
}

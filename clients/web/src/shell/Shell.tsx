import { Menu as MenuIcon } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { usePath } from '../routing/router';
import { Sidebar } from './Sidebar';

/** The frame of all pages: the menu beside them, or over them where there is no room. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [t, path] = [useTranslations('shell'), usePath()];
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  return (
    <div className="shell" data-open={open}>
      <a className="skip" href="#content">{t('skip')}</a>
      <Sidebar />
      <button type="button" className="veil" tabIndex={-1} aria-label={t('closeMenu')} onClick={() => setOpen(false)} />
      <main id="content" className="content" tabIndex={-1}>
        <button type="button" className="icon-button burger" aria-label={t('openMenu')} aria-expanded={open} onClick={() => setOpen(true)}><MenuIcon size={18} aria-hidden /></button>
        {children}
      </main>
    </div>
  );
}

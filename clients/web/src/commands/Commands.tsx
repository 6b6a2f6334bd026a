import { useColorScheme } from '@mui/material/styles';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { useResources } from '../api/metadata';
import { languages, type Language } from '../i18n/languages';
import { useLanguage } from '../i18n/useLanguage';
import { signOut, usePermissions } from '../api/me';
import { pagesOf } from '../shell/pages';
import { commandsOf, type Command } from './commands';
import { Offering } from './offers';
import { useKeys } from './useKeys';

// They come when somebody asks for them, not with each page.
const CommandMenu = dynamic(() => import('./CommandMenu').then((file) => file.CommandMenu));
const KeysSheet = dynamic(() => import('./KeysSheet').then((file) => file.KeysSheet));

const Opening = createContext<() => void>(() => undefined);

/** Opens the command menu. */
export const useOpenCommands = () => useContext(Opening);

/** The commands of every page, behind their keys. */
export function Commands({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<'menu' | 'keys'>();
  const [router, t, resources, view] = [useRouter(), useTranslations('commands'), useResources(), useViewCommands(() => setShown('keys'))];
  const pages = usePageCommands();
  const offered = useRef<readonly Command[]>([]);
  const offer = useCallback((commands: readonly Command[]) => void (offered.current = commands), []);
  // As the page is when the menu opens.
  const [acts, setActs] = useState<readonly Command[]>([]);
  const [language] = useLanguage();
  const close = () => setShown(undefined);
  const open = () => {
    setActs(offered.current);
    setShown('menu');
  };
  const run = (command: Command) => {
    close();
    if (command.to === undefined) command.run?.();
    else router.push(command.to);
  };
  const known = commandsOf(resources, language, '', { create: (label) => t('create', { label }), find: () => '' });
  useKeys({
    ...Object.fromEntries(known.flatMap((command) => (command.keys === undefined ? [] : [[command.keys.join(' '), () => run(command)]]))),
    'mod+k': () => (shown === 'menu' ? close() : open()),
    '?': () => setShown('keys'),
    '/': () => document.querySelector<HTMLInputElement>('.search input')?.focus(),
    n: () => document.querySelector<HTMLButtonElement>('.topbar .create')?.click(),
  });
  return (
    <Opening value={open}>
      <Offering value={offer}>{children}</Offering>
      {shown === 'menu' ? <CommandMenu more={[...acts, ...pages, ...view]} onRun={run} onClose={close} /> : null}
      {shown === 'keys' ? <KeysSheet commands={known} onClose={close} /> : null}
    </Opening>
  );
}

function usePageCommands(): Command[] {
  const [t, resources, permissions] = [useTranslations('shell'), useResources(), usePermissions()];
  return pagesOf(resources, permissions).map(({ key, path }): Command => ({ id: `page ${key}`, group: 'go', label: t(`pages.${key}`), to: path }));
}

function useViewCommands(showKeys: () => void): Command[] {
  const [t, { mode, setMode }, [language, setLanguage]] = [useTranslations('commands'), useColorScheme(), useLanguage()];
  const modes = (['light', 'dark', 'system'] as const).filter((name) => name !== mode);
  const tags = (Object.keys(languages) as Language[]).filter((tag) => tag !== language);
  return [
    ...modes.map((name): Command => ({ id: `mode ${name}`, group: 'view', label: t(`modes.${name}`), run: () => setMode(name) })),
    ...tags.map((tag): Command => ({ id: `language ${tag}`, group: 'view', label: t('language', { name: languages[tag] }), run: () => setLanguage(tag) })),
    { id: 'keys', group: 'view', label: t('keys'), keys: ['?'], run: showKeys },
    { id: 'sessions', group: 'view', label: t('sessions'), run: () => location.assign('/sessions') },
    { id: 'sign out', group: 'view', label: t('signOut'), run: () => void signOut() },
  ];
}

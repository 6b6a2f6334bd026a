'use client';

import { ThemeProvider, useColorScheme } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { speak } from '../api/api';
import { cookies } from '../i18n/languages';
import { useLanguage } from '../i18n/useLanguage';
import { modeInCookie } from '../theme/mode';
import { theme } from '../theme/theme';
import { NoticeProvider } from '../ui/Notice';
import { writeCookie } from '../ui/cookies';

const createClient = () => new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } });

interface Props {
  /** The theme that the server has written into the page, where one was chosen. */
  readonly chosen: 'light' | 'dark' | undefined;
  readonly children: ReactNode;
}

export function Providers({ chosen, children }: Props) {
  const [client] = useState(createClient);
  useSpoken();
  useZone();
  return (
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={cookies.theme} storageManager={modeInCookie}>
      <Worn chosen={chosen} />
      <QueryClientProvider client={client}><NoticeProvider>{children}</NoticeProvider></QueryClientProvider>
    </ThemeProvider>
  );
}

/** A page that the server makes anew, in another language, knows what was chosen and not what the system wears: what is worn stays. */
function Worn({ chosen }: Pick<Props, 'chosen'>) {
  const { colorScheme } = useColorScheme();
  useLayoutEffect(() => {
    if (colorScheme !== undefined) document.documentElement.dataset['theme'] = colorScheme;
  }, [chosen, colorScheme]);
  return null;
}

/** Before the first call of what is below. The server's calls have a language of their own each. */
function useSpoken(): void {
  const [language] = useLanguage();
  const [spoken, setSpoken] = useState<string>();
  if (typeof window !== 'undefined' && spoken !== language) {
    speak(language);
    setSpoken(language);
  }
}

/** The server cannot know where somebody is: the browser tells it once, and again after a journey. */
function useZone(): void {
  const [router, known] = [useRouter(), useTimeZone()];
  useEffect(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (here === known) return;
    writeCookie(cookies.zone, here);
    router.refresh();
  }, [router, known]);
}

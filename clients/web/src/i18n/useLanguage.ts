import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import { writeCookie } from '../ui/cookies';
import { cookies, languageOf, type Language } from './languages';

/** The language of the page, and how another one is chosen: the server writes the page anew. */
export function useLanguage(): readonly [Language, (next: Language) => void] {
  const router = useRouter();
  const choose = useCallback((next: Language) => {
    writeCookie(cookies.language, next);
    router.refresh();
  }, [router]);
  return [languageOf(useLocale()), choose];
}

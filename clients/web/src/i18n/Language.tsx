import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { speak } from '../api/api';
import en from './en.json';
import ru from './ru.json';

export const languages = { en: 'English', ru: 'Русский' } as const;
export type Language = keyof typeof languages;

const messages = { en, ru };
const key = 'platform.language';

/** The one that was chosen here, else the first of the browser's that there is. */
export function preferred(chosen: string | null, browser: readonly string[]): Language {
  const known = [chosen ?? '', ...browser].map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages);
  return (known as Language | undefined) ?? 'en';
}

/** With what the browser says of the country, so that days and numbers are written as people there do it. */
export const localeOf = (language: Language, browser: readonly string[]): string => browser.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;

const Choice = createContext<readonly [Language, (next: Language) => void]>(['en', () => undefined]);

export const useLanguage = () => useContext(Choice);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => preferred(localStorage.getItem(key), navigator.languages));
  // Before the first call of what is below.
  useMemo(() => speak(language), [language]);
  useEffect(() => void (document.documentElement.lang = language), [language]);
  const choice = useMemo(() => [language, (next: Language) => { localStorage.setItem(key, next); setLanguage(next); }] as const, [language]);
  return (
    <Choice value={choice}>
      <IntlProvider locale={localeOf(language, navigator.languages)} messages={messages[language]} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>{children}</IntlProvider>
    </Choice>
  );
}

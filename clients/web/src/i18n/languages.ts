/** The languages of the pages, by their own names. */
export const languages = { en: 'English', ru: 'Русский' } as const;
export type Language = keyof typeof languages;

/** What the cookies of this browser are called; they hold how somebody likes to see the pages, and nothing else. */
export const cookies = { language: 'platform.language', theme: 'platform.theme', zone: 'platform.zone', columns: 'platform.columns' } as const;

const short = (tag: string): string => tag.slice(0, 2).toLowerCase();

/** The one that was chosen here, else the first of the browser's that there is. */
export function preferred(chosen: string | undefined, browser: readonly string[]): Language {
  const known = [chosen ?? '', ...browser].map(short).find((tag) => tag in languages);
  return (known as Language | undefined) ?? 'en';
}

/** With what the browser says of the country, so that days and numbers are written as people there do it. */
export const localeOf = (language: Language, browser: readonly string[]): string => browser.find((tag) => short(tag) === language && isLocale(tag)) ?? language;

export const languageOf = (locale: string): Language => preferred(locale, []);

/** The tags of an Accept-Language header, the most wanted first. */
export function accepted(header: string | null): string[] {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(/\s*;\s*q=/);
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  return wanted.filter(({ tag, quality }) => tag !== '' && quality > 0).toSorted((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}

const isLocale = (tag: string): boolean => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag);

/** A time zone that the cookie may name; anything else is none. */
export function zoneOf(cookie: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

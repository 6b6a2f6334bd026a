import { cookies as cookiesOf, headers as headersOf } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import en from './en.json';
import { accepted, cookies as names, localeOf, preferred, zoneOf } from './languages';
import ru from './ru.json';

const messages = { en, ru };

/** Decided where the page is made, so that its first letter is in the right language and each day in the right zone. */
export default getRequestConfig(async () => {
  const [cookies, headers] = [await cookiesOf(), await headersOf()];
  const browser = accepted(headers.get('accept-language'));
  const language = preferred(cookies.get(names.language)?.value, browser);
  return { locale: localeOf(language, browser), messages: messages[language], timeZone: zoneOf(cookies.get(names.zone)?.value), now: new Date() };
});

import 'server-only';
import { createApi } from '@platform/api';
import { headers as headersOf } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { cache } from 'react';
import { callOf, type Call, type Resource } from '../api/api';
import { readResources } from '../api/queries';
import { languageOf, type Language } from '../i18n/languages';

/** Who answers for the platform, seen from here. */
const gateway = (process.env['PLATFORM_GATEWAY'] ?? 'http://localhost:8000').replace(/\/$/, '');

/** A page that waits longer for its data is shown without, and asks for it itself. */
const patience = 10_000;

export interface Visit {
  readonly call: Call;
  readonly language: Language;
}

/** Calls with the session of the browser that this page is for: the server has no rights of its own. */
export const visitOf = cache(async (): Promise<Visit> => {
  const [headers, locale] = [await headersOf(), await getLocale()];
  const cookie = headers.get('cookie') ?? '';
  const language = languageOf(locale);
  const fetch = (request: Request): Promise<Response> => {
    request.headers.set('cookie', cookie);
    return globalThis.fetch(request, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(patience) });
  };
  return { call: callOf(createApi({ baseUrl: gateway, language, fetch })), language };
});

/** Every resource that the caller may see: asked for once, however many parts of the page need it. */
export const resourcesOf = cache(async (): Promise<Resource[]> => {
  const { call, language } = await visitOf();
  return readResources(call, language);
});

/** Whether the browser asks for a whole page. What it asks for while it has one, it completes from what it knows already. */
export async function isDocument(): Promise<boolean> {
  const destination = (await headersOf()).get('sec-fetch-dest');
  return destination === null || destination === 'document' || destination === 'iframe';
}

import '@fontsource-variable/inter/wght.css';
import { AppRouterCacheProvider } from '@mui/material-nextjs/v16-appRouter';
import type { Metadata, Viewport } from 'next';
import { cookies as cookiesOf, headers as headersOf } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { cookies as names, languageOf } from '../i18n/languages';
import { Providers } from '../shell/Providers';
import '../theme/app.css';
import { fonts } from '../theme/fonts';
import { firstPaint } from '../theme/mode';

export const metadata: Metadata = { icons: '/favicon.svg', robots: { index: false } };
export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

/** Every page is made for one request: its policy takes no script without the nonce of this very answer. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const [headers, cookies, locale] = [await headersOf(), await cookiesOf(), await getLocale()];
  const nonce = headers.get('x-nonce') ?? undefined;
  const chosen = cookies.get(names.theme)?.value;
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : undefined;
  return (
    <html lang={languageOf(locale)} className={fonts} data-theme={theme} suppressHydrationWarning>
      <head><script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: firstPaint }} /></head>
      <body>
        <AppRouterCacheProvider options={{ key: 'mui', enableCssLayer: true, ...(nonce === undefined ? {} : { nonce }) }}>
          <NextIntlClientProvider><Providers chosen={theme}>{children}</Providers></NextIntlClientProvider>
        </AppRouterCacheProvider>
      </body>
    </html>
  );
}

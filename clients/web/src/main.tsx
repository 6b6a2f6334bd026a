import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import '@fontsource-variable/inter/wght.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { LanguageProvider } from './i18n/Language';
import { App } from './shell/App';
import { theme } from './theme/theme';
import { NoticeProvider } from './ui/Notice';

// What the library writes of styles carries the nonce of this page; the policy takes no others.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const styles = createCache({ key: 'mui', prepend: true, ...(nonce ? { nonce } : {}) });
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="platform.theme">
        <QueryClientProvider client={client}>
          <LanguageProvider>
            <NoticeProvider>
              <App />
            </NoticeProvider>
          </LanguageProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  </StrictMode>,
);

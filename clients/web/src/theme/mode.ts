import type { StorageManager } from '@mui/material/styles';
import { cookies } from '../i18n/languages';
import { readCookie, writeCookie } from '../ui/cookies';

/** Before anything is drawn: who has chosen neither light nor dark sees what the system wears. */
export const firstPaint = "document.documentElement.dataset.theme??=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'";

/** What was chosen stands in a cookie, so that the server knows it too. */
export const modeInCookie: StorageManager = ({ key }) => ({
  get: (otherwise) => (key === cookies.theme && typeof document !== 'undefined' ? readCookie(key) : undefined) ?? otherwise,
  set: (value) => {
    if (key === cookies.theme && typeof value === 'string') writeCookie(key, value);
  },
  subscribe: () => () => undefined,
});

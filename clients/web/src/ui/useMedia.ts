import { useSyncExternalStore } from 'react';

/** Whether the screen is as the query says, now and after it has changed. The server, which sees no screen, takes it for a wide one. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

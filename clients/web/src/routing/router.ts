import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('popstate', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('popstate', tell);
  };
}

export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  tell();
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

/** The parameters of the address, and a way to change some of them; an empty one goes. */
export function useSearch(): [URLSearchParams, (change: Readonly<Record<string, string>>) => void] {
  const search = new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
  return [
    search,
    (change) => {
      const next = new URLSearchParams(location.search);
      for (const [key, value] of Object.entries(change)) {
        if (value === '') next.delete(key);
        else next.set(key, value);
      }
      const text = next.toString();
      navigate(location.pathname + (text === '' ? '' : `?${text}`), { replace: true });
    },
  ];
}

import { useSyncExternalStore } from 'react';

const root = '/app';
const listeners = new Set<() => void>();
addEventListener('popstate', tell);

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the page is. */
export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'list'; readonly resource: string }
  | { readonly at: 'record'; readonly resource: string; readonly id: string }
  | { readonly at: 'nowhere' };

export function placeOf(path: string): Place {
  const parts = path.replace(/^\/app\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
  if (parts.length === 0) return { at: 'home' };
  const [kind, resource, id] = parts;
  if (kind !== 'o' || resource === undefined || parts.length > 3) return { at: 'nowhere' };
  return id === undefined ? { at: 'list', resource } : { at: 'record', resource, id };
}

export const homePath = root;
export const listPath = (resource: string): string => `${root}/o/${encodeURIComponent(resource)}`;
export const recordPath = (resource: string, id: string): string => `${listPath(resource)}/${encodeURIComponent(id)}`;

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

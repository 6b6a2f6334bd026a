import { usePathname, useSearchParams } from 'next/navigation';

/** The parameters of the address, and a way to change some of them; an empty one goes. */
export function useSearch(): readonly [URLSearchParams, (change: Readonly<Record<string, string>>) => void] {
  const search = useSearchParams();
  const path = usePathname();
  return [
    search,
    (change) => {
      const next = new URLSearchParams(location.search);
      for (const [key, value] of Object.entries(change)) {
        if (value === '') next.delete(key);
        else next.set(key, value);
      }
      const text = next.toString();
      // The address alone: the page is the same one, and the server need not be asked for it.
      history.replaceState(null, '', `/app${path}${text === '' ? '' : `?${text}`}`);
    },
  ];
}

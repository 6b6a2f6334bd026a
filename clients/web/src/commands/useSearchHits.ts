import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { call } from '../api/api';
import type { Hit } from './commands';

const shown = 8;

/** Records with these words, whatever they are; none where the search does not answer. */
export function useSearchHits(words: string): { readonly hits: readonly Hit[]; readonly isSearching: boolean } {
  const q = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: async ({ signal }) => {
      // A moment, in which the next letter may come.
      await new Promise((resolve) => setTimeout(resolve, 120));
      return signal.aborted ? [] : ((await call<{ hits?: Hit[] }>('GET', '/api/v1/search', { query: { q, pageSize: shown } })).hits ?? []);
    },
    enabled: q.length >= 2,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
  return { hits: q.length >= 2 ? (found.data ?? []) : [], isSearching: found.isFetching };
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useLanguage } from '../i18n/useLanguage';
import { call, type Resource } from './api';
import { resourceQuery, resourcesQuery } from './queries';

export const useResources = (): readonly Resource[] => useSuspenseQuery(resourcesQuery(call, useLanguage()[0])).data;

export function useResource(name: string) {
  const [language] = useLanguage();
  return useQuery(resourceQuery(call, name, language));
}

/** The same where it may not be known yet, or not be readable at all. */
export function useMaybeResource(name: string): Resource | undefined {
  const [language] = useLanguage();
  return useQuery({ ...resourceQuery(call, name, language), enabled: name !== '', retry: false }).data;
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useLanguage } from '../i18n/Language';
import { call, type Resource } from './api';

/** Every resource, without fields: what the menu is made of. */
export function useResources(): readonly Resource[] {
  const [language] = useLanguage();
  return useSuspenseQuery({
    queryKey: ['resources', language],
    queryFn: async () => (await call<{ resources: Resource[] }>('GET', '/api/v1/metadata/resources', { query: { language } })).resources,
    staleTime: 15_000,
  }).data;
}

const descriptor = (resource: string, language: string) => ({
  queryKey: ['resource', resource, language],
  queryFn: () => call<Resource>('GET', `/api/v1/metadata/resources/${resource}`, { query: { language } }),
  staleTime: 15_000,
});

/** All that a list or a form has to know of a resource. */
export const useResource = (resource: string): Resource => useSuspenseQuery(descriptor(resource, useLanguage()[0])).data;

/** The same where it may not be known yet, or not be readable at all. */
export function useMaybeResource(resource: string): Resource | undefined {
  const [language] = useLanguage();
  return useQuery({ ...descriptor(resource, language), enabled: resource !== '', retry: false }).data;
}

/** Whether the caller may do it, as far as it is known before a record is. */
export const may = (resource: Resource, action: string): boolean => resource.actions.find((entry) => entry.action === action)?.allowed ?? false;

import { useQuery } from '@tanstack/react-query';
import { call } from './api';

export interface Company {
  readonly id: string;
  /** Its short name in addresses: /kb/acme. */
  readonly slug: string;
  readonly displayName: string;
  readonly currency: string;
}

/** The company in which the caller works; undefined until it is known, and where the caller may not see it. */
export function useCompany(): Company | undefined {
  return useQuery({ queryKey: ['company'], queryFn: () => call<Company>('GET', '/api/v1/tenants/current'), staleTime: 300_000, retry: false }).data;
}

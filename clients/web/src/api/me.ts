import { useSuspenseQuery } from '@tanstack/react-query';
import { call } from './api';

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
}

/** Who is signed in with this browser. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly tenant?: Organization;
  readonly tenants: readonly Organization[];
}

export function useMe(): Me {
  return useSuspenseQuery({ queryKey: ['me'], queryFn: () => call<Me>('GET', '/bff/user'), staleTime: 300_000 }).data;
}

/** Ends the session of this browser, here and at the identity server. */
export async function signOut(): Promise<void> {
  const { location: next } = await call<{ location: string }>('POST', '/bff/logout');
  location.assign(next);
}

/** Goes on in another organization, or asks the identity server which. */
export async function switchTo(organization?: string): Promise<void> {
  const { location: next } = await call<{ location: string }>('POST', '/bff/organization', { body: { organization, returnUrl: '/app' } });
  location.assign(next);
}

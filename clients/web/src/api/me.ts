import { useSuspenseQuery } from '@tanstack/react-query';
import { call } from './api';
import { accessQuery, meQuery, type Me } from './queries';

export const useMe = (): Me => useSuspenseQuery(meQuery(call)).data;

/** Names of what the caller may do. */
export const usePermissions = (): readonly string[] => useSuspenseQuery(accessQuery(call)).data.permissions;

/** Whether the caller has the permission, such as "contacts.import". */
export const useMay = (permission: string): boolean => usePermissions().includes(permission);

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

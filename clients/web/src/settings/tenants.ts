import type { components } from '@platform/api';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { call } from '../api/api';
import { allMembers, type Member } from '../api/members';

export interface Role {
  readonly name: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
  readonly builtIn?: boolean;
}

export interface PermissionGroup {
  readonly module: string;
  readonly permissions: readonly string[];
}

const path = '/api/v1/tenants/current';

export const membersQuery = queryOptions({ queryKey: ['settings', 'members'], queryFn: allMembers, retry: false });
export const rolesQuery = queryOptions({ queryKey: ['settings', 'roles'], queryFn: async () => (await call<{ roles?: Role[] }>('GET', `${path}/roles`)).roles ?? [], retry: false });
/** The platform's own roles, which people know by the words of their language. */
const own = ['administrator', 'sales', 'finance', 'support', 'viewer'] as const;
type Own = (typeof own)[number];
const isOwn = (name: string): name is Own => (own as readonly string[]).includes(name);

/** The roles with what they are called in the caller's language; the company's own as it calls them. */
export const translatedRoles = (roles: readonly Role[], called: (name: Own) => string): Role[] => roles.map((role) => (role.builtIn === true && isOwn(role.name) ? { ...role, displayName: called(role.name) } : role));

export function useRoles(enabled = true) {
  const t = useTranslations('roles');
  const select = useCallback((roles: readonly Role[]) => translatedRoles(roles, (name) => t(`names.${name}`)), [t]);
  return useQuery({ ...rolesQuery, enabled, select });
}

export const permissionsQuery = queryOptions({ queryKey: ['settings', 'permissions'], queryFn: async () => (await call<{ groups?: PermissionGroup[] }>('GET', `${path}/permissions`)).groups ?? [], retry: false });

export const setRoles = ({ userId, etag }: Member, roles: readonly string[]) =>
  call<Member>('PATCH', `${path}/members/${userId}`, { query: { updateMask: 'roles' }, body: { etag, roles } });
export const removeMember = ({ userId }: Member) => call('DELETE', `${path}/members/${userId}`);

export interface ApiKey {
  readonly id: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
  readonly prefix: string;
  readonly expireTime?: string;
  readonly lastUseTime?: string;
  readonly creatorId?: string;
}

export const keysQuery = queryOptions({ queryKey: ['settings', 'keys'], queryFn: async () => (await call<{ apiKeys?: ApiKey[] }>('GET', `${path}/api-keys`, { query: { pageSize: 200 } })).apiKeys ?? [], retry: false });
export const createKey = (body: { displayName: string; permissions: readonly string[] }) => call<{ key: string }>('POST', `${path}/api-keys`, { body });
export const deleteKey = (id: string) => call('DELETE', `${path}/api-keys/${id}`);

/** Somebody who was asked to work in the company and has not come yet. */
export type Invitation = components['schemas']['tenants.Invitation'];

export const invitationsQuery = queryOptions({ queryKey: ['settings', 'invitations'], queryFn: async () => (await call<{ invitations?: Invitation[] }>('GET', `${path}/invitations`, { query: { pageSize: 200 } })).invitations ?? [], retry: false });
export const invite = (body: Pick<Invitation, 'email' | 'displayName' | 'roles'>) => call<Invitation>('POST', `${path}/invitations`, { body });
export const resendInvitation = ({ id }: Invitation) => call<Invitation>('POST', `${path}/invitations/${id}:resend`, { body: {} });
export const withdrawInvitation = ({ id }: Invitation) => call('DELETE', `${path}/invitations/${id}`);

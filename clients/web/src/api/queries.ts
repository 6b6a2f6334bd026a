import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../i18n/languages';
import type { Call, Resource } from './api';

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

export const meQuery = (call: Call) =>
  queryOptions({
    queryKey: ['me'],
    queryFn: async (): Promise<Me> => {
      // Not the forgery token: what is read here stands in the page.
      const { id, name, email, tenant, tenants } = await call<Me>('GET', '/bff/user');
      return { id, name, tenants, ...(email === undefined ? {} : { email }), ...(tenant === undefined ? {} : { tenant }) };
    },
    staleTime: 300_000,
  });

/** What the caller may do in the company, whichever record it is about. */
export interface Access {
  readonly permissions: readonly string[];
  readonly modules: readonly string[];
}

export const accessQuery = (call: Call) =>
  queryOptions({
    queryKey: ['access'],
    queryFn: async (): Promise<Access> => {
      const { permissions, modules } = await call<Access>('GET', '/api/v1/tenants/current/access');
      return { permissions: permissions ?? [], modules: modules ?? [] };
    },
    staleTime: 60_000,
  });

export const readResources = async (call: Call, language: Language) => (await call<{ resources: Resource[] }>('GET', '/api/v1/metadata/resources', { query: { language } })).resources;

/** Every resource, without fields: what the menu is made of. */
export const resourcesQuery = (call: Call, language: Language) =>
  queryOptions({
    queryKey: ['resources', language],
    queryFn: () => readResources(call, language),
    staleTime: 15_000,
  });

/** All that a list or a form has to know of a resource. */
export const resourceQuery = (call: Call, name: string, language: Language) =>
  queryOptions({
    queryKey: ['resource', name, language],
    queryFn: () => call<Resource>('GET', `/api/v1/metadata/resources/${encodeURIComponent(name)}`, { query: { language } }),
    staleTime: 15_000,
  });

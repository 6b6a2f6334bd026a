import type { components } from '@platform/api';
import { queryOptions } from '@tanstack/react-query';
import { call as callHere, type Call } from '../api/api';
import type { Language } from '../i18n/languages';

type Schemas = components['schemas'];
export type Dashboard = Schemas['metadata.Dashboard'];
export type Widget = Schemas['metadata.Widget'];
export type Aggregation = Schemas['metadata.Aggregation'];

const path = '/api/v1/metadata/dashboards';

/** The dashboard with which the caller begins, without what they may not read. */
export const homeQuery = (call: Call, language: Language) =>
  queryOptions({ queryKey: ['home', language], queryFn: () => call<Dashboard>('GET', `${path}:resolve`), staleTime: 15_000, retry: false });

/** Every dashboard that the caller sees, as it was written. */
export const dashboardsQuery = queryOptions({
  queryKey: ['dashboards'],
  queryFn: async () => (await callHere<{ dashboards?: Dashboard[] }>('GET', path, { query: { pageSize: 200 } })).dashboards ?? [],
  retry: false,
});

/** For whom a dashboard is arranged: oneself, everybody of the company, or those of a role. */
export type Audience = 'me' | 'everybody' | `role:${string}`;

/** The dashboard with which they begin, where there is one. */
export function dashboardFor(dashboards: readonly Dashboard[], audience: Audience, me: string): Dashboard | undefined {
  const known = dashboards.toSorted((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
  const company = known.filter(({ visibility }) => visibility === 'VISIBILITY_COMPANY');
  if (audience === 'me') return known.find((entry) => entry.visibility === 'VISIBILITY_PRIVATE' && entry.home && entry.ownerId === me);
  if (audience === 'everybody') return company.find((entry) => entry.home);
  return company.find((entry) => entry.defaultForRoles.includes(audience.slice('role:'.length)));
}

/** Keeps the widgets: in the dashboard that they begin with already, else in a new one. @throws ApiProblem where somebody else has changed it meanwhile. */
export const keepWidgets = (known: Dashboard | undefined, audience: Audience, named: Pick<Dashboard, 'label' | 'labelTranslations'>, widgets: readonly Widget[]): Promise<Dashboard> =>
  known === undefined
    ? callHere('POST', path, { body: { ...named, widgets, ...placeOf(audience) } })
    : callHere('PATCH', `${path}/${known.id}`, { query: { updateMask: 'widgets' }, body: { etag: known.etag, widgets } });

const placeOf = (audience: Audience) =>
  audience === 'me' ? { visibility: 'VISIBILITY_PRIVATE', home: true }
    : { visibility: 'VISIBILITY_COMPANY', ...(audience === 'everybody' ? { home: true } : { defaultForRoles: [audience.slice('role:'.length)] }) };

export const dropDashboard = ({ id, etag }: Dashboard) => callHere('DELETE', `${path}/${id}`, { query: { etag } });

import { ChartNoAxesColumn, Copy, Funnel, House, ListChecks, Network, Settings, Upload, type LucideIcon } from 'lucide-react';
import type { Resource } from '../api/api';
import { may } from '../api/rights';

/** A page that is about no single resource; the menu and the commands have it for those who can do something there. */
export interface Page {
  readonly key: 'home' | 'import' | 'jobs' | 'funnel' | 'forecast' | 'team' | 'duplicates' | 'settings';
  readonly group: 'first' | 'relations' | 'sales' | 'company';
  readonly path: string;
  readonly icon: LucideIcon;
}

const pages: readonly (Page & { readonly permissions?: readonly string[]; readonly reads?: string })[] = [
  { key: 'home', group: 'first', path: '/', icon: House, permissions: ['metadata.read'] },
  { key: 'duplicates', group: 'relations', path: '/duplicates', icon: Copy, permissions: ['contacts.write'], reads: 'contacts.person' },
  { key: 'funnel', group: 'sales', path: '/reports/funnel', icon: Funnel, reads: 'deals.deal' },
  { key: 'forecast', group: 'sales', path: '/reports/forecast', icon: ChartNoAxesColumn, reads: 'deals.deal' },
  { key: 'team', group: 'sales', path: '/reports/team', icon: Network, permissions: ['tenants.read'], reads: 'deals.deal' },
  { key: 'import', group: 'company', path: '/import', icon: Upload, permissions: ['contacts.import', 'records.import'] },
  { key: 'jobs', group: 'company', path: '/jobs', icon: ListChecks, permissions: ['contacts.write', 'contacts.export', 'deals.write', 'deals.export', 'inventory.write', 'inventory.export', 'records.write', 'records.export'] },
  { key: 'settings', group: 'company', path: '/settings', icon: Settings },
];

export const pagesOf = (resources: readonly Resource[], permissions: readonly string[]): Page[] => pages.filter(({ permissions: needed, reads }) =>
  (needed === undefined || needed.some((permission) => permissions.includes(permission)))
  && (reads === undefined || resources.some((resource) => resource.resource === reads && may(resource, 'read'))));

import type { Resource } from '../api/api';
import { may } from '../api/rights';
import type { Language } from '../i18n/languages';

export interface MenuGroup {
  readonly key: 'relations' | 'sales' | 'objects' | 'more';
  readonly resources: readonly Resource[];
}

// In the order in which people work with them; what comes later to the platform stands under "more" by itself.
const groups: readonly (readonly [MenuGroup['key'], readonly string[]])[] = [
  ['relations', ['contacts.person', 'contacts.company', 'contacts.lead']],
  ['sales', ['deals.deal', 'finance.invoice', 'inventory.product']],
];

// Worked with where they belong: at the two that are related, and in the settings of prices. As lists they say little.
const elsewhere = new Set(['contacts.relation', 'inventory.price', 'inventory.price_list']);

/** The menu, made of what the caller may read: built-in resources, then the company's own objects by name, in the order of the language, which is the same on the server and here. */
export function menuOf(resources: readonly Resource[], language: Language): MenuGroup[] {
  const readable = resources.filter((resource) => resource.restPath !== '' && (resource.actions.length === 0 || may(resource, 'read')));
  const placed = new Set([...groups.flatMap(([, names]) => names), ...elsewhere]);
  const objects = readable.filter((resource) => resource.resource.startsWith('records.'));
  const more = readable.filter((resource) => !placed.has(resource.resource) && !objects.includes(resource));
  return [
    ...groups.map(([key, names]) => ({ key, resources: names.flatMap((name) => readable.filter((resource) => resource.resource === name)) })),
    { key: 'objects' as const, resources: objects.toSorted((a, b) => a.pluralLabel.localeCompare(b.pluralLabel, language)) },
    { key: 'more' as const, resources: more },
  ].filter((group) => group.resources.length > 0);
}

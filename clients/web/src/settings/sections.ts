/** The pages of the settings, and who has something to do there. */
export const sections = [
  { key: 'members', permission: 'tenants.read' },
  { key: 'roles', permission: 'tenants.admin' },
  { key: 'objects', permission: 'metadata.write' },
  { key: 'pipelines', permission: 'pipelines.write' },
  { key: 'prices', permission: 'inventory.write' },
  { key: 'layouts', permission: 'metadata.write' },
  { key: 'dictionaries', permission: 'metadata.write' },
  { key: 'views', permission: 'metadata.read' },
  { key: 'publishing', permission: 'metadata.write' },
  { key: 'forms', permission: 'contacts.read' },
  { key: 'scoring', permission: 'contacts.read' },
  { key: 'theme', permission: 'metadata.write' },
  { key: 'access', permission: undefined },
  { key: 'sessions', permission: undefined },
  { key: 'sign-in', permission: 'tenants.admin' },
  { key: 'keys', permission: 'tenants.admin' },
  { key: 'imports', permission: 'contacts.import' },
  { key: 'audit', permission: 'audit.read' },
] as const;

export type SectionKey = (typeof sections)[number]['key'];

export const sectionsFor = (permissions: readonly string[]) => sections.filter(({ permission }) => permission === undefined || permissions.includes(permission));

export const settingsPath = (key: SectionKey): string => `/settings/${key}`;

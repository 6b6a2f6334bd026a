/** Where the page is; addresses are those below the application's own path. */
export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'list'; readonly resource: string }
  | { readonly at: 'record'; readonly resource: string; readonly id: string }
  | { readonly at: 'nowhere' };

export function placeOf(path: string): Place {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (parts.length === 0) return { at: 'home' };
  const [kind, resource, id] = parts;
  if (kind !== 'o' || resource === undefined || parts.length > 3) return { at: 'nowhere' };
  return id === undefined ? { at: 'list', resource } : { at: 'record', resource, id };
}

export const listPath = (resource: string): string => `/o/${encodeURIComponent(resource)}`;
/** The list narrowed by a filter alone: without the view with which it opens, that would narrow it once more. */
export const narrowedPath = (resource: string, filter: string): string => `${listPath(resource)}?${new URLSearchParams({ view: 'all', filter }).toString()}`;
export const recordPath = (resource: string, id: string): string => `${listPath(resource)}/${encodeURIComponent(id)}`;
/** Work on many records. */
export const jobsPath = '/jobs';

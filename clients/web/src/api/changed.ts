import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Whether what is kept under the key says something of the records of a resource, or of one of them. */
export function tellsOf(key: QueryKey, resource: string, id?: string): boolean {
  switch (key[0]) {
    case 'rows':
      return key[1] === resource;
    case 'row':
      return key[1] === resource && (id === undefined || key[2] === id);
    case 'timeline':
      return id === undefined || key[1] === id;
    case 'name':
      return id === undefined || key[2] === id;
    case 'board':
    case 'report':
      return resource === 'deals.deal';
    case 'duplicates':
      return key[1] === resource;
    case 'search':
      return true;
    default:
      return false;
  }
}

/** Records have changed: every list, board, page, timeline and name that shows them is asked for anew, and what is not on the screen when it is shown again. */
export const changed = (client: QueryClient, resource: string, id?: string): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => tellsOf(queryKey, resource, id) });

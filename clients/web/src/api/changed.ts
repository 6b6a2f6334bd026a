import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/** Whether what is kept under the key says something of the records of a resource, or of one of them. */
export function tellsOf(key: QueryKey, resource: string, id?: string): boolean {
  switch (key[0]) {
    case 'rows':
      // Of the records that lead to this one, what is shown beside it.
      return key[1] === resource || (id !== undefined && key[2] === 'related' && typeof key[3] === 'string' && key[3].includes(id));
    case 'row':
      return key[1] === resource && (id === undefined || key[2] === id);
    case 'quotes':
      return resource === 'deals.deal' && (id === undefined || key[1] === id);
    case 'timeline':
    case 'followers':
      return id === undefined || key[1] === id;
    case 'name':
      return id === undefined || key[2] === id;
    case 'board':
    case 'report':
      return resource === 'deals.deal';
    case 'relations':
    case 'hierarchy':
      return resource === 'contacts.person' || resource === 'contacts.company';
    case 'duplicates':
      return key[1] === resource;
    case 'search':
      return true;
    default:
      return false;
  }
}

/** Whether what is kept under the key stands beside the record and is told of as its timeline is: what happened, and who has to do with it. */
export const standsBeside = (key: QueryKey, id: string): boolean => (key[0] === 'timeline' && key[1] === id) || (key[0] === 'relations' && key[2] === id) || (key[0] === 'hierarchy' && key[1] === id);

/** Records have changed: every list, board, page, timeline and name that shows them is asked for anew, and what is not on the screen when it is shown again. */
export const changed = (client: QueryClient, resource: string, id?: string): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => tellsOf(queryKey, resource, id) });

/**
 * The same where somebody else has changed them. What is being read is read to its end, however often they do, and then once more: it may be older than
 * the change. @returns When all of it is there.
 */
export async function readAgain(client: QueryClient, predicate: (query: Query) => boolean): Promise<void> {
  const underWay = client.isFetching({ predicate }) > 0;
  await client.invalidateQueries({ predicate }, { cancelRefetch: false });
  if (underWay) await client.invalidateQueries({ predicate }, { cancelRefetch: false });
}

import { unwrap, type Answer } from './problem.ts';

interface Page {
  readonly nextPageToken: string;
}

/**
 * Every item of a list, page after page:
 * `for await (const person of each((pageToken) => api.GET('/api/v1/contacts/people', { params: { query: { pageToken } } }), (page) => page.people))`
 * @throws ApiProblem where a page is refused.
 */
export async function* each<P extends Page, T>(read: (pageToken: string) => Promise<Answer<P>>, items: (page: P) => readonly T[]): AsyncGenerator<T, void, undefined> {
  let pageToken = '';
  do {
    const page = await unwrap(read(pageToken));
    yield* items(page);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
}

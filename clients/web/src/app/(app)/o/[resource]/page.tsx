import { getTimeZone } from 'next-intl/server';
import { resourceQuery } from '../../../../api/queries';
import { boardQuery, isBoard } from '../../../../board/board';
import { ListPage } from '../../../../records/ListPage';
import { rowsQuery } from '../../../../records/queries';
import { askedOf } from '../../../../records/views';
import { Prefetched, type Source } from '../../../../server/Prefetched';

interface Props {
  readonly params: Promise<{ readonly resource: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).resource);
  const search = new URLSearchParams(Object.entries(await searchParams).map(([key, value]) => [key, [value].flat()[0] ?? '']));
  const load = async ({ client, call, language }: Source) => {
    const resource = await client.fetchQuery(resourceQuery(call, name, language));
    // A filter that is refused is shown by the page itself, where it stands.
    const [asked, timeZone] = [askedOf(resource, search), await getTimeZone()];
    if (isBoard(resource, search)) await client.prefetchQuery(boardQuery(call, { pipeline: search.get('pipeline') ?? '', filter: asked.filter, timeZone, language }));
    else await client.prefetchInfiniteQuery(rowsQuery(call, resource, { ...asked, timeZone, language }));
  };
  return <Prefetched load={load}><ListPage key={name} name={name} /></Prefetched>;
}

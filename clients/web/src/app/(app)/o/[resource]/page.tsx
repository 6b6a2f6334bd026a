import { cookies as cookiesOf } from 'next/headers';
import { getLocale, getNow, getTimeZone } from 'next-intl/server';
import type { Resource } from '../../../../api/api';
import { resourceQuery } from '../../../../api/queries';
import { boardQuery, isBoard, pipelinesQuery } from '../../../../board/board';
import { calendarOf, todayIn, wantedIn } from '../../../../calendar/calendar';
import { cookies } from '../../../../i18n/languages';
import { ListPage } from '../../../../records/ListPage';
import { rowsQuery, type Wanted } from '../../../../records/queries';
import { askedOf, type Asked } from '../../../../records/views';
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
    if (isBoard(resource, search, asked.view)) await Promise.all([client.prefetchQuery(boardQuery(call, { pipeline: search.get('pipeline') ?? '', filter: asked.filter, timeZone, language })), client.prefetchQuery(pipelinesQuery(call))]);
    else await client.prefetchInfiniteQuery(rowsQuery(call, resource, { ...await wantedOf(resource, search, asked, timeZone), timeZone, language }));
  };
  const kept = (await cookiesOf()).get(cookies.columns)?.value;
  return <Prefetched load={load}><ListPage key={name} name={name} kept={kept} /></Prefetched>;
}

/** What the list asks for: of a calendar the records of its days. */
async function wantedOf(resource: Resource, search: URLSearchParams, { view, filter, order }: Asked, timeZone: string): Promise<Pick<Wanted, 'filter' | 'orderBy'>> {
  const shown = calendarOf(resource, search, view, todayIn(await getNow(), timeZone), await getLocale());
  return shown === undefined ? { filter, orderBy: order } : wantedIn(shown, filter);
}

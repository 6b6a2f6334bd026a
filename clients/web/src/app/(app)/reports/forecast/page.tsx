import { getTimeZone } from 'next-intl/server';
import { pipelinesQuery } from '../../../../board/board';
import { ForecastPage } from '../../../../reports/ForecastPage';
import { forecastQuery, wantedOf } from '../../../../reports/reports';
import { Prefetched, type Source } from '../../../../server/Prefetched';

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: Props) {
  const search = new URLSearchParams(Object.entries(await searchParams).map(([key, value]) => [key, [value].flat()[0] ?? '']));
  // What is refused is told by the page itself.
  const load = async ({ client, call, language }: Source) => Promise.all([
    client.prefetchQuery(forecastQuery(call, wantedOf(search, { language, timeZone: await getTimeZone() }))),
    client.prefetchQuery(pipelinesQuery(call)),
  ]);
  return <Prefetched load={load}><ForecastPage /></Prefetched>;
}

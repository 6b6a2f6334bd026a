import { getTimeZone } from 'next-intl/server';
import { rollupQuery, rollupWantedOf } from '../../../../reports/rollup';
import { RollupPage } from '../../../../reports/RollupPage';
import { Prefetched, type Source } from '../../../../server/Prefetched';

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: Props) {
  const search = new URLSearchParams(Object.entries(await searchParams).map(([key, value]) => [key, [value].flat()[0] ?? '']));
  // What is refused is told by the page itself.
  const load = async ({ client, call, language }: Source) => client.prefetchQuery(rollupQuery(call, rollupWantedOf(search, { language, timeZone: await getTimeZone() })));
  return <Prefetched load={load}><RollupPage /></Prefetched>;
}

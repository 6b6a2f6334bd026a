import { resourceQuery } from '../../api/queries';
import { homeQuery } from '../../home/dashboards';
import { HomePage } from '../../home/HomePage';
import { Prefetched, type Source } from '../../server/Prefetched';

/** The dashboard with what its widgets are made of; the figures come a moment later, into places that are kept for them. */
const load = async ({ client, call, language }: Source) => {
  await client.prefetchQuery(homeQuery(call, language));
  const widgets = client.getQueryData(homeQuery(call, language).queryKey)?.widgets ?? [];
  await Promise.all([...new Set(widgets.map((widget) => widget.resource))].map((name) => client.prefetchQuery(resourceQuery(call, name, language))));
};

export default function Page() {
  return <Prefetched load={load}><HomePage /></Prefetched>;
}

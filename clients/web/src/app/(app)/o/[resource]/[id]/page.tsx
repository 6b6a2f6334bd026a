import type { Resource, Row } from '../../../../../api/api';
import { resourceQuery } from '../../../../../api/queries';
import { asksRecord, layoutQuery } from '../../../../../layouts/layouts';
import { quotesQuery } from '../../../../../quotes/quotes';
import { rowQuery } from '../../../../../records/queries';
import { RecordPage } from '../../../../../records/RecordPage';
import { incomingOf, relatedQuery } from '../../../../../records/related';
import { hierarchyQuery, relationsQuery, sideOf } from '../../../../../relations/relations';
import { sourceOf, timelineQuery } from '../../../../../records/timeline';
import { resourcesOf } from '../../../../../server/call';
import { Prefetched, type Source } from '../../../../../server/Prefetched';
import { soon } from '../../../../../server/soon';

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { resource, id } = await params;
  const [name, record] = [decodeURIComponent(resource), decodeURIComponent(id)];
  const load = async (source: Source) => {
    const { client, call, language } = source;
    const described = await client.fetchQuery(resourceQuery(call, name, language));
    const row = await client.fetchQuery(rowQuery(call, described, record));
    await soon(loadSide(source, described, row));
  };
  return <Prefetched load={load}><RecordPage key={`${name}/${record}`} name={name} id={record} /></Prefetched>;
}

/** How the record looks, and what stands beside it. */
async function loadSide({ client, call, language }: Source, resource: Resource, row: Row): Promise<void> {
  const [happened, side] = [sourceOf(resource, row), sideOf(resource)];
  await Promise.all([
    ...incomingOf(resource, await resourcesOf(), row.id).map((relation) => client.prefetchQuery(relatedQuery(call, relation))),
    ...(resource.resource === 'deals.deal' ? [client.prefetchQuery(quotesQuery(call, row.id))] : []),
    ...(side === undefined ? [] : [client.prefetchQuery(relationsQuery(call, side, row.id))]),
    ...(side === 'company' ? [client.prefetchQuery(hierarchyQuery(call, row.id))] : []),
    ...(happened === undefined ? [] : [client.prefetchQuery(timelineQuery(call, happened, row.id))]),
    ...(asksRecord(resource, 'LAYOUT_KIND_FORM') ? [client.prefetchQuery(layoutQuery(call, resource, 'LAYOUT_KIND_FORM', row, language))] : []),
  ]);
}

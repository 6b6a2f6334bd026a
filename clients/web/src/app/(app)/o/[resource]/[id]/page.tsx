import { resourceQuery } from '../../../../../api/queries';
import { rowQuery } from '../../../../../records/queries';
import { RecordPage } from '../../../../../records/RecordPage';
import { Prefetched, type Source } from '../../../../../server/Prefetched';

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { resource, id } = await params;
  const [name, record] = [decodeURIComponent(resource), decodeURIComponent(id)];
  const load = async ({ client, call, language }: Source) =>
    client.fetchQuery(rowQuery(call, await client.fetchQuery(resourceQuery(call, name, language)), record));
  return <Prefetched load={load}><RecordPage key={`${name}/${record}`} name={name} id={record} /></Prefetched>;
}

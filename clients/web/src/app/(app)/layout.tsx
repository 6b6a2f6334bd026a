import type { ReactNode } from 'react';
import { accessQuery, meQuery, resourcesQuery } from '../../api/queries';
import { Prefetched, type Source } from '../../server/Prefetched';
import { Shell } from '../../shell/Shell';

const load = ({ client, call, language }: Source) => 
  Promise.all([client.fetchQuery(meQuery(call)), client.fetchQuery(accessQuery(call)), client.fetchQuery(resourcesQuery(call, language))]);

/** The frame around all pages of somebody who is signed in. */
export default function Layout({ children }: { readonly children: ReactNode }) {
  return <Prefetched load={load}><Shell>{children}</Shell></Prefetched>;
}

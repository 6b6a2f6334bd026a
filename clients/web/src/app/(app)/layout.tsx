import { headers as headersOf } from 'next/headers';
import type { ReactNode } from 'react';
import { accessQuery, meQuery, resourcesQuery } from '../../api/queries';
import { resourcesOf } from '../../server/call';
import { Prefetched, type Source } from '../../server/Prefetched';
import { Shell } from '../../shell/Shell';
import { themeQuery } from '../../theme/company';
import { CompanyTheme } from '../../theme/CompanyTheme';

const load = ({ client, call, language }: Source) =>
  // Who may not read how the company looks sees the platform's own colours.
  Promise.all([client.fetchQuery(meQuery(call)), client.fetchQuery(accessQuery(call)), client.fetchQuery({ ...resourcesQuery(call, language), queryFn: resourcesOf }), client.prefetchQuery(themeQuery(call))]);

/** The frame around all pages of somebody who is signed in. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headersOf()).get('x-nonce') ?? undefined;
  return <Prefetched load={load}><CompanyTheme nonce={nonce} /><Shell>{children}</Shell></Prefetched>;
}

import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { toldOf } from '../api/told';
import { Fault } from '../ui/Fault';
import { SignInAgain } from '../ui/SignInAgain';
import { isDocument, visitOf, type Visit } from './call';

export interface Source extends Visit {
  readonly client: QueryClient;
}

interface Props {
  /** Puts into the client what the page cannot be drawn without; what fails here is shown in place of the page. */
  readonly load: (source: Source) => Promise<unknown>;
  readonly children: ReactNode;
}

/** The page with its data in it, so that the first picture of it is the whole one. */
export async function Prefetched({ load, children }: Props) {
  // The same shape with data and without: what a page has open would not outlive its being made anew.
  if (!(await isDocument())) return <HydrationBoundary state={undefined}>{children}</HydrationBoundary>;
  const client = new QueryClient();
  try {
    await load({ ...(await visitOf()), client });
  } catch (error) {
    const told = toldOf(error);
    return told?.status === 401 ? <SignInAgain /> : <Fault told={told} titled />;
  }
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

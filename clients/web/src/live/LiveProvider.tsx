'use client';

import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createLive, type Live, type LiveState } from './connection';
import { dial, isSignedIn } from './dial';
import { LiveBanner } from './LiveBanner';

const Lives = createContext<Live | undefined>(undefined);

export const useLiveConnection = (): Live | undefined => useContext(Lives);

/** How long a page that stands is left alone before it is connected. */
const settled = 300;

/** One connection for everything below. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [live] = useState(() => createLive(dial, isSignedIn));
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => (stop = live.start()), settled);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [live]);
  const state = useSyncExternalStore<LiveState>(live.subscribe, live.state, () => 'starting');
  return <Lives value={live}>{children}<LiveBanner state={state} /></Lives>;
}

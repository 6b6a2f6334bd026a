import dynamic from 'next/dynamic';
import { createContext, useContext, useState, type ReactNode } from 'react';
import type { Placed } from './jobs';

const JobCards = dynamic(() => import('./JobCards').then((file) => file.JobCards));

const Begun = createContext<(placed: Placed) => void>(() => undefined);

/** Shows how a job goes on, to whoever has begun it, wherever they go meanwhile. */
export const useBegun = () => useContext(Begun);

const most = 3;

export function JobsProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Placed[]>([]);
  return (
    <Begun value={(placed) => setShown((now) => [placed, ...now].slice(0, most))}>
      {children}
      {shown.length === 0 ? null : <JobCards jobs={shown} onClose={({ job }) => setShown((now) => now.filter((entry) => entry.job.id !== job.id))} />}
    </Begun>
  );
}

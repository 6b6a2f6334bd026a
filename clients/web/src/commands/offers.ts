import { createContext, useContext, useEffect } from 'react';
import type { Command } from './commands';

const nothing: readonly Command[] = [];

/** Tells the menu of what the page offers at this moment beyond what can be done from anywhere, such as with the records that are chosen. */
export const Offering = createContext<(commands: readonly Command[]) => void>(() => undefined);

/** Has these commands among the others as long as whoever offers them is there. */
export function useOffer(commands: readonly Command[]): void {
  const offer = useContext(Offering);
  useEffect(() => {
    offer(commands);
    return () => offer(nothing);
  });
}

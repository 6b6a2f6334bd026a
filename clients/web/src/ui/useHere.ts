import { useEffect, useRef, type RefObject } from 'react';

/** Whether what asked is still on the screen, for answers that come later. */
export function useHere(): RefObject<boolean> {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  return here;
}

import { useEffect, useRef, useState, type RefObject } from 'react';

/** How much room there is within an element, so that what is drawn in it keeps the size of its letters; the server, which sees no screen, takes the first. */
export function useWidth(first: number): readonly [RefObject<HTMLElement | null>, number] {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry!.contentRect.width))));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

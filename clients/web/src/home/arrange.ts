import type { Widget } from './dashboards';

export const columns = 12;
const tallest = 12;

/** A size as it is shown: 0 stands for what the platform takes. */
export const widthOf = ({ width }: Pick<Widget, 'width'>): number => Math.min(columns, width || 4);
export const heightOf = ({ height }: Pick<Widget, 'height'>): number => Math.min(tallest, height || 2);

/** Widgets as one reads them: row by row, from the left. */
export const inOrder = (widgets: readonly Widget[]): Widget[] => widgets.toSorted((a, b) => a.y - b.y || a.x - b.x);

/** Each at the first place behind the one before it where it fits, as the browser lays them out: what was moved and what is drawn are the same. */
export function packed(widgets: readonly Widget[]): Widget[] {
  const taken = new Set<number>();
  let [x, y] = [0, 0];
  return widgets.map((widget) => {
    const [width, height] = [widthOf(widget), heightOf(widget)];
    const cells = (): number[] => Array.from({ length: width * height }, (_cell, at) => (y + Math.floor(at / width)) * columns + x + (at % width));
    while (x + width > columns || cells().some((cell) => taken.has(cell))) [x, y] = x + width >= columns ? [0, y + 1] : [x + 1, y];
    for (const cell of cells()) taken.add(cell);
    return { ...widget, x, y, width, height };
  });
}

/** With one of them at another place in the order. */
export function movedTo<T>(entries: readonly T[], from: number, to: number): T[] {
  const entry = entries[from];
  if (entry === undefined || to < 0 || to >= entries.length || from === to) return [...entries];
  return entries.toSpliced(from, 1).toSpliced(to, 0, entry);
}

const widths = [3, 4, 6, 8, 12] as const;

/** The next of the widths that widgets have, or a row more or less. */
export function resized(widget: Widget, way: 'wider' | 'narrower' | 'taller' | 'lower'): Widget {
  const [width, height] = [widthOf(widget), heightOf(widget)];
  switch (way) {
    case 'wider': return { ...widget, width: widths.find((known) => known > width) ?? columns };
    case 'narrower': return { ...widget, width: widths.toReversed().find((known) => known < width) ?? widths[0] };
    case 'taller': return { ...widget, height: Math.min(tallest, height + 1) };
    default: return { ...widget, height: Math.max(1, height - 1) };
  }
}

import type { components } from '@platform/api';

export type Colors = components['schemas']['metadata.ThemeColors'];
export type ColorName = keyof Colors;

export const colorNames = ['background', 'surface', 'text', 'mutedText', 'primary', 'onPrimary', 'link', 'danger', 'outline'] as const satisfies readonly ColorName[];

const [forText, forEdges] = [4.5, 3];

/** What is seen, on what, and how far apart they have to be: as the platform asks for it when a theme is saved (WCAG 2.2, 1.4.3 and 1.4.11). */
export const pairs: readonly (readonly [front: ColorName, back: ColorName, least: number])[] = [
  ['text', 'background', forText], ['text', 'surface', forText], ['mutedText', 'background', forText], ['mutedText', 'surface', forText],
  ['onPrimary', 'primary', forText], ['link', 'background', forText], ['link', 'surface', forText], ['danger', 'background', forText], ['danger', 'surface', forText],
  ['primary', 'background', forEdges], ['primary', 'surface', forEdges], ['outline', 'background', forEdges], ['outline', 'surface', forEdges],
];

export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 for the same colour, 21 for black and white. */
export function contrast(front: string, back: string): number {
  const [a, b] = [luminance(front), luminance(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export interface Measured {
  readonly back: ColorName;
  readonly ratio: number;
  readonly least: number;
}

/** How a colour stands out where it does so worst, against what is asked for; undefined for one that nothing is compared with, or while one is not whole. */
export function worstOf(colors: Colors, front: ColorName): Measured | undefined {
  const measured = pairs.filter(([name]) => name === front).flatMap(([, back, least]): Measured[] =>
    isColor(colors[front]) && isColor(colors[back]) ? [{ back, least, ratio: contrast(colors[front], colors[back]) }] : []);
  return measured.toSorted((a, b) => a.ratio / a.least - b.ratio / b.least)[0];
}

/** Rounded down, so that 4.499 does not look like what was asked for. */
export const ratioOf = (ratio: number): number => Math.floor(ratio * 100) / 100;

/** Whether everything can be read: every colour is one, and stands out as it has to. */
export const isReadable = (colors: Colors): boolean =>
  colorNames.every((name) => isColor(colors[name])) && pairs.every(([front, back, least]) => contrast(colors[front], colors[back]) >= least);

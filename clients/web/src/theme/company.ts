import type { components } from '@platform/api';
import { queryOptions } from '@tanstack/react-query';
import type { Call } from '../api/api';
import { isColor, type Colors } from './contrast';

export type Theme = components['schemas']['metadata.Theme'];

/** The theme that the company uses; one without an id where it has none of its own. */
export const themeQuery = (call: Call) =>
  queryOptions({ queryKey: ['theme'], queryFn: () => call<Theme>('GET', '/api/v1/metadata/themes:active'), staleTime: 30_000, retry: false });

/** With what a theme of one's own begins: what the application wears without one, with edges that can be seen. */
export const begun: Pick<Theme, 'radius'> & { readonly light: Colors; readonly dark: Colors } = {
  light: { background: '#ffffff', surface: '#ffffff', text: '#1a1a1f', mutedText: '#5d5f6b', primary: '#4a45d6', onPrimary: '#ffffff', link: '#4a45d6', danger: '#b42318', outline: '#7b8490' },
  dark: { background: '#111114', surface: '#1b1b20', text: '#ececf1', mutedText: '#a0a1ae', primary: '#9a97ff', onPrimary: '#14132e', link: '#9a97ff', danger: '#ff8f85', outline: '#77818f' },
  radius: 8,
};

const mixed = (front: string, share: number, back: string): string => `color-mix(in srgb, ${front} ${share}%, ${back})`;

/** The colours by the names that the application draws with. What lies between two of them is mixed, so that what can be read on one can be read on the other. */
export function variablesOf({ background, surface, text, mutedText, primary, onPrimary, link, danger, outline }: Colors): Record<string, string> {
  // A little of the text in what is muted, since it stands on hovered and shaded places too.
  const muted = mixed(text, 22, mutedText);
  return {
    '--bg': background, '--raised': surface, '--text': text, '--dim': muted, '--faint': muted, '--accent': primary, '--on-accent': onPrimary, '--link': link, '--bad': danger, '--field': outline,
    '--side': mixed(text, 3, background), '--hover': mixed(text, 5, background), '--hover-side': mixed(text, 6, background), '--chosen': mixed(text, 9, background), '--line': mixed(text, 11, background), '--line-soft': mixed(text, 7, background),
    '--accent-soft': mixed(primary, 14, background), '--bad-soft': mixed(danger, 8, background),
    '--mui-palette-primary-main': primary, '--mui-palette-primary-contrastText': onPrimary, '--mui-palette-background-default': background, '--mui-palette-background-paper': surface,
    '--mui-palette-text-primary': text, '--mui-palette-text-secondary': muted, '--mui-palette-divider': mixed(text, 11, background),
  };
}

const whole = (colors: Colors | undefined): boolean => colors !== undefined && Object.values(colors).every((color) => color === '' || isColor(color));

/** The theme as style rules; none for the platform's own, and none that hold anything but colours. */
export function rulesOf(theme: Theme | undefined): string {
  if (theme === undefined || theme.id === '' || theme.light === undefined || theme.dark === undefined || !whole(theme.light) || !whole(theme.dark)) return '';
  const written = (variables: Record<string, string>) => Object.entries(variables).map(([name, value]) => `${name}:${value}`).join(';');
  const radius = Math.max(0, Math.min(24, Math.round(theme.radius)));
  return `:root{--radius:${radius}px;--radius-wide:${Math.round(radius * 1.5)}px;--mui-shape-borderRadius:${radius}px}:root[data-theme='light']{${written(variablesOf(theme.light))}}:root[data-theme='dark']{${written(variablesOf(theme.dark))}}`;
}

/** Where the company's logo is; none without one. A changed one has another address. */
export const logoOf = (theme: Theme | undefined): string | undefined =>
  theme === undefined || theme.id === '' || theme.logoType === '' ? undefined : `/api/v1/metadata/themes/${theme.id}/logo?${new URLSearchParams({ v: theme.etag }).toString()}`;

import { faultsAt, type Fault } from './faults';

/** A postal address, as far as it is known. */
export interface Address {
  readonly lines?: readonly string[];
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** Parts of a record that there are several of: e-mails, phones and addresses beside the main ones. */
export const pointParts = { other_emails: 'address', other_phones: 'number', other_addresses: 'address' } as const;
export type Points = keyof typeof pointParts;
export const arePoints = (path: string): path is Points => path in pointParts;

export interface Point {
  readonly value: string | Address;
  readonly label: string;
  /** A phone as E.164, where the platform has understood it. */
  readonly e164?: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const addressOf = (value: unknown): Address => (typeof value === 'object' && value !== null ? value : {});

/** A country in the words of a language; its code where nobody knows it. */
export function countryIn(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** An address in one line. */
export const written = ({ lines = [], city = '', region = '', postalCode = '', country = '' }: Address, locale: string): string =>
  [...lines, [postalCode, city].filter(Boolean).join(' '), region, country === '' ? '' : countryIn(country, locale)].filter(Boolean).join(', ');

export const isBlank = (address: Address): boolean => Object.values(address).every((part: string | readonly string[]) => part.length === 0);

export function pointsOf(path: Points, value: unknown): Point[] {
  const part = pointParts[path];
  return (Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : []).map((entry) => ({ value: path === 'other_addresses' ? addressOf(entry[part]) : text(entry[part]), label: text(entry['label']), ...(text(entry['e164']) === '' ? {} : { e164: text(entry['e164']) }) }));
}

const isWritten = ({ value }: Point): boolean => (typeof value === 'string' ? value.trim() !== '' : !isBlank(tidy(value)));

/** What is said of each of them: a refusal counts those that were sent, without what nothing was written into. */
export function faultsOfPoints(points: readonly Point[], faults: readonly Fault[]): (readonly Fault[])[] {
  let sent = 0;
  return points.map((point) => (isWritten(point) ? faultsAt(faults, `[${sent++}]`) : []));
}

/** The list as the API takes it; what nothing was written into is left out. */
export const valueOf = (path: Points, points: readonly Point[]): Readonly<Record<string, unknown>>[] =>
  points.filter(isWritten).map(({ value, label }) => ({ [pointParts[path]]: typeof value === 'string' ? value.trim() : tidy(value), label: label.trim() }));

/** Without what was left empty. */
export const tidy = (address: Address): Address => {
  const lines = (address.lines ?? []).map((line) => line.trim()).filter(Boolean);
  const parts = (['postalCode', 'city', 'region', 'country'] as const).flatMap((part) => ((address[part] ?? '').trim() === '' ? [] : [[part, address[part]!.trim()] as const]));
  return { ...(lines.length > 0 ? { lines } : {}), ...Object.fromEntries(parts) };
};

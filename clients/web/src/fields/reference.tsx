import type { CellProps } from './kind';

const stop = (event: { stopPropagation: () => void }) => event.stopPropagation();

export function EmailCell({ value }: CellProps) {
  return typeof value === 'string' && value !== '' ? <a className="quiet truncate" href={`mailto:${value}`} onClick={stop}>{value}</a> : null;
}

/** What is dialled: the number as E.164 where it is known, since what was typed may be of another country. */
export const dialled = (typed: string, e164: unknown): string => `tel:${typeof e164 === 'string' && e164 !== '' ? e164 : typed.replace(/[^+\d]/g, '')}`;

export function PhoneLink({ typed, e164 }: { readonly typed: string; readonly e164?: unknown }) {
  return <a className="quiet tabular" href={dialled(typed, e164)} onClick={stop}>{typed}</a>;
}

export function PhoneCell({ field, value, row }: CellProps) {
  return typeof value === 'string' && value !== '' ? <PhoneLink typed={value} e164={field.builtIn && field.path === 'phone' ? row?.['phoneE164'] : undefined} /> : null;
}

/** Only addresses of the web are links: a value is somebody else's text. */
export function UrlCell({ value }: CellProps) {
  if (typeof value !== 'string' || value === '') return null;
  const shown = value.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  return /^https?:\/\//i.test(value)
    ? <a className="quiet truncate" href={value} target="_blank" rel="noopener noreferrer" onClick={stop}>{shown}</a>
    : <span className="truncate">{value}</span>;
}

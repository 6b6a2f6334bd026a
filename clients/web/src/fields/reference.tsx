import type { CellProps } from './kind';

const stop = (event: { stopPropagation: () => void }) => event.stopPropagation();

export function EmailCell({ value }: CellProps) {
  return typeof value === 'string' && value !== '' ? <a className="quiet truncate" href={`mailto:${value}`} onClick={stop}>{value}</a> : null;
}

export function PhoneCell({ value }: CellProps) {
  return typeof value === 'string' && value !== '' ? <a className="quiet tabular" href={`tel:${value.replace(/[^+\d]/g, '')}`} onClick={stop}>{value}</a> : null;
}

/** Only addresses of the web are links: a value is somebody else's text. */
export function UrlCell({ value }: CellProps) {
  if (typeof value !== 'string' || value === '') return null;
  const shown = value.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  return /^https?:\/\//i.test(value)
    ? <a className="quiet truncate" href={value} target="_blank" rel="noopener noreferrer" onClick={stop}>{shown}</a>
    : <span className="truncate">{value}</span>;
}

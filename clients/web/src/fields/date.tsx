import { useLocale, useTimeZone } from 'next-intl';
import { dateFormat } from './formats';
import type { CellProps, EditorProps } from './kind';
import { common } from './text';

/** A day is the same day everywhere: it is never moved into a time zone. */
export function formatDate(value: unknown, locale: string): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return '';
  return dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
}

/** A moment by the clock of whoever looks. */
export function formatInstant(value: unknown, locale: string, timeZone: string | undefined): string {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? '' : dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(time);
}

export function DateCell({ value }: CellProps) {
  return <span className="tabular" suppressHydrationWarning>{formatDate(value, useLocale())}</span>;
}

export function InstantCell({ value }: CellProps) {
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  const full = formatInstant(value, locale, timeZone);
  if (full === '') return null;
  const day = dateFormat(locale, { dateStyle: 'medium', timeZone }).format(Date.parse(value as string));
  return <time suppressHydrationWarning className="tabular" dateTime={value as string} title={full}>{day}</time>;
}

export function DateEditor(props: EditorProps) {
  return <input {...common(props)} className="input" type="date" value={typeof props.value === 'string' ? props.value : ''} onChange={(event) => props.onChange(event.target.value)} />;
}

/** "2026-05-31T18:00" by the clock of this place, as the browser's own field has it. */
export function localOf(value: unknown): string {
  const time = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  return Number.isNaN(time.getTime()) ? '' : new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function InstantEditor(props: EditorProps) {
  return (
    <input {...common(props)} className="input" type="datetime-local" defaultValue={localOf(props.value)}
      onChange={(event) => props.onChange(event.target.value === '' ? '' : new Date(event.target.value).toISOString())} />
  );
}

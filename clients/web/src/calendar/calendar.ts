import type { Field, Resource, Row, SavedView } from '../api/api';
import { dateFormat } from '../fields/formats';
import { all } from '../records/filters';
import { isEditable, seen, valueAt } from '../records/values';

export type Span = 'month' | 'week';

/** A day as the platform writes it: "2026-05-31". It is the same day everywhere. */
export type Day = string;

const weekDays = 7;
const monthDays = 42;
const millisecondsOfDay = 86_400_000;
// When the platform wrote a record, which says nothing of when something is to be.
const noted = new Set(['create_time', 'update_time', 'delete_time', 'purge_time', 'convert_time', 'reporting_rate_date']);
// What is asked first where a resource has several.
const first = ['close_date', 'due_time', 'due_date', 'expire_date', 'occur_time'];

/** The fields that say a day of a record, the one that says most first. */
export function dayFieldsOf(resource: Resource): Field[] {
  const fields = seen(resource).filter((field) => (field.type === 'date' || field.type === 'instant') && field.filterable && !noted.has(field.path));
  const place = (field: Field) => (first.includes(field.path) ? first.indexOf(field.path) : first.length);
  return fields.toSorted((one, other) => place(one) - place(other));
}

export interface Shown {
  readonly field: Field;
  readonly span: Span;
  readonly days: readonly Day[];
  readonly anchor: Day;
}

/** Whether a list is looked at by days, and by which field: as the address says, else as its view does. */
export function calendarOf(resource: Resource, search: URLSearchParams, view: SavedView | undefined, today: Day, locale: string): Shown | undefined {
  const as = search.get('as') ?? (isCalendarView(view) ? 'calendar' : '');
  const fields = dayFieldsOf(resource);
  const by = search.get('by') ?? view?.calendarField;
  const field = fields.find((entry) => entry.path === by) ?? fields[0];
  if (as !== 'calendar' || field === undefined) return undefined;
  const span = search.get('span') === 'week' ? 'week' : 'month';
  const anchor = isDay(search.get('at')) ? search.get('at')! : today;
  return { field, span, anchor, days: daysOf(span, anchor, firstDayOf(locale)) };
}

export const isDay = (text: string | null): boolean => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && plus(text, 0) === text;

export const plus = (day: Day, days: number): Day => new Date(Date.parse(day) + days * millisecondsOfDay).toISOString().slice(0, 10);

/** The first day of the month before or after, or the same day of another week. */
export function beside(span: Span, anchor: Day, step: -1 | 1): Day {
  if (span === 'week') return plus(anchor, step * weekDays);
  const [year, month] = anchor.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + step, 1)).toISOString().slice(0, 10);
}

/** 0 where weeks begin on Sunday, 1 where they begin on Monday. */
export const firstDayOf = (locale: string): 0 | 1 => (/^(en-(US|CA|IN|ZA)|pt-BR|ja|ko|he)\b/.test(locale) ? 0 : 1);

/** Whole weeks; of a month always six, so that nothing below moves. */
export function daysOf(span: Span, anchor: Day, firstDay: 0 | 1): Day[] {
  const from = span === 'month' ? `${anchor.slice(0, 8)}01` : anchor;
  const back = (new Date(from).getUTCDay() - firstDay + weekDays) % weekDays;
  return Array.from({ length: span === 'month' ? monthDays : weekDays }, (_, i) => plus(from, i - back));
}

/** The records of these days, among those of the list. Moments are those of the reader's clock. */
export const filterOf = ({ field, days }: Shown, filter: string): string =>
  all(filter, `${field.path} >= "${days[0]}"`, `${field.path} < "${plus(days.at(-1)!, 1)}"`);

/** What is asked for, so that the days are filled from the first one on. */
export const wantedIn = (shown: Shown, filter: string): { readonly filter: string; readonly orderBy: string } =>
  ({ filter: filterOf(shown, filter), orderBy: shown.field.sortable ? shown.field.path : '' });

/** On which day somebody in a time zone sees the record. */
export function dayOf(row: Row, field: Field, timeZone: string): Day | undefined {
  const value = valueAt(row, field.jsonPath);
  if (typeof value !== 'string' || value === '') return undefined;
  if (field.type === 'date') return value;
  return Number.isNaN(Date.parse(value)) ? undefined : dateFormat('sv-SE', { timeZone }).format(Date.parse(value));
}

/** The time of the day, of what has one: "14:30". */
export function timeOf(row: Row, field: Field, locale: string, timeZone: string): string {
  const value = valueAt(row, field.jsonPath);
  return field.type === 'instant' && typeof value === 'string' && value !== '' ? dateFormat(locale, { timeStyle: 'short', timeZone }).format(Date.parse(value)) : '';
}

/** The value that puts a record on another day; of a moment the time of the day stays, by the clock of the reader's time zone. */
export function movedTo(row: Row, field: Field, day: Day, timeZone: string): string {
  if (field.type === 'date') return day;
  const value = `${valueAt(row, field.jsonPath) as string}`;
  const by = Date.parse(day) - Date.parse(dayOf(row, field, timeZone)!);
  const moved = Date.parse(value) + by;
  // Where clocks are put forward or back in between, the same time of the day is another distance.
  return new Date(moved + offsetAt(Date.parse(value), timeZone) - offsetAt(moved, timeZone)).toISOString();
}

/** When a day begins by the clock of a time zone. */
export function beginningOf(day: Day, timeZone: string): string {
  const utc = Date.parse(day);
  // Twice, since the clock may be put forward or back between the two.
  const near = utc - offsetAt(utc, timeZone);
  return new Date(utc - offsetAt(near, timeZone)).toISOString();
}

function offsetAt(time: number, timeZone: string): number {
  const text = dateFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(time);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(time / 1000) * 1000;
}

export const canMove = (field: Field, mayUpdate: boolean): boolean => mayUpdate && isEditable(field);

/** The records by day, each day in the order in which they came. */
export function byDay(rows: readonly Row[], field: Field, timeZone: string): ReadonlyMap<Day, readonly Row[]> {
  const days = new Map<Day, Row[]>();
  for (const row of rows) {
    const day = dayOf(row, field, timeZone);
    if (day !== undefined) days.set(day, [...(days.get(day) ?? []), row]);
  }
  return days;
}

/** The day that it is in a time zone. */
export const todayIn = (now: Date, timeZone: string): Day => dateFormat('sv-SE', { timeZone }).format(now);

/** The view that shows days, as an address: of a view that is a calendar itself, nothing is to be said. */
export const isCalendarView = (view: SavedView | undefined): boolean => view?.kind === 'SAVED_VIEW_KIND_CALENDAR';

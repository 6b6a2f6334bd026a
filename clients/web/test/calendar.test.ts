import { expect, test } from 'vitest';
import type { Row } from '../src/api/api';
import { beside, byDay, calendarOf, dayFieldsOf, dayOf, daysOf, filterOf, firstDayOf, movedTo, plus } from '../src/calendar/calendar';
import { field, resource } from './made';

const close = field('close_date', 'date');
const due = field('due_time', 'instant');
const deals = resource([field('create_time', 'instant'), field('name'), field('update_time', 'instant'), due, close], { resource: 'deals.deal' });

test('a month is six whole weeks from the first day of the week on', () => {
  const days = daysOf('month', '2026-05-17', 1);
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-04-27', '2026-06-07', 42]);
  expect(daysOf('month', '2026-05-17', 0)[0]).toBe('2026-04-26');
  expect(daysOf('week', '2026-03-01', 1)).toEqual(['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01']);
  expect([beside('month', '2026-01-31', 1), beside('month', '2026-01-31', -1), beside('week', '2026-01-01', -1), plus('2024-02-28', 1)]).toEqual(['2026-02-01', '2025-12-01', '2025-12-25', '2024-02-29']);
  expect([firstDayOf('en-US'), firstDayOf('en-GB'), firstDayOf('ru-RU')]).toEqual([0, 1, 1]);
});

test('a calendar is by the field that says most, or the one that was chosen', () => {
  expect(dayFieldsOf(deals).map((one) => one.path)).toEqual(['close_date', 'due_time']);
  expect(dayFieldsOf(resource([field('create_time', 'instant')]))).toEqual([]);
  const shown = (search: string) => calendarOf(deals, new URLSearchParams(search), undefined, '2026-05-17', 'en-GB');
  expect(shown('')).toBeUndefined();
  expect(shown('as=calendar')).toMatchObject({ field: close, span: 'month', anchor: '2026-05-17' });
  expect(shown('as=calendar&by=due_time&span=week&at=2026-13-99')).toMatchObject({ field: due, span: 'week', anchor: '2026-05-17' });
  expect(filterOf(shown('as=calendar&span=week&at=2026-05-20')!, 'name = "x"')).toBe('(name = "x") AND (close_date >= "2026-05-18") AND (close_date < "2026-05-25")');
});

test('a moment is on the day of whoever looks, and keeps its hour where clocks change', () => {
  const row = { id: '1', dueTime: '2026-03-28T23:30:00.000Z' } as Row;
  expect(dayOf(row, due, 'UTC')).toBe('2026-03-28');
  expect(dayOf(row, due, 'Europe/Berlin')).toBe('2026-03-29');
  const morning = { id: '2', dueTime: '2026-03-27T08:00:00.000Z' } as Row;
  expect(movedTo(morning, due, '2026-03-30', 'Europe/Berlin')).toBe('2026-03-30T07:00:00.000Z');
  expect(movedTo({ id: '3', closeDate: '2026-05-01' } as Row, close, '2026-05-04', 'UTC')).toBe('2026-05-04');
  expect([...byDay([row, morning, { id: '4' }], due, 'UTC').keys()]).toEqual(['2026-03-28', '2026-03-27']);
});

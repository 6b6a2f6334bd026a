import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Resource, Row } from '../api/api';
import { may } from '../api/rights';
import { formatDate } from '../fields/date';
import { dateFormat } from '../fields/formats';
import { useCellChange } from '../records/cells';
import { nameOf, valueAt, withValue } from '../records/values';
import { useNotice } from '../ui/Notice';
import { beside, byDay, canMove, dayFieldsOf, dayOf, movedTo, plus, todayIn, type Day, type Shown } from './calendar';
import { DayCell } from './DayCell';

interface Props {
  readonly resource: Resource;
  readonly shown: Shown;
  readonly rows: readonly Row[];
  readonly isCut: boolean;
  readonly change: (change: Readonly<Record<string, string>>) => void;
}

/** Records on their days, a month or a week at a time; they are dragged to another day, or moved with Alt and the arrows. */
export function CalendarView({ resource, shown, rows, isCut, change }: Props) {
  const [t, locale, zone] = [useTranslations('calendar'), useLocale(), useTimeZone() ?? 'UTC'];
  const [send, tell] = [useCellChange(resource), useNotice()];
  const { field, days, span, anchor } = shown;
  const movable = canMove(field, may(resource, 'update'));
  const entries = byDay(rows, field, zone);
  const order = days.flatMap((day) => entries.get(day) ?? []);
  // The entry is made anew on its new day, and has the focus there.
  const followed = useRef<string>(undefined);
  useEffect(() => {
    if (followed.current !== undefined) focusOn(followed.current);
    followed.current = undefined;
  }, [rows]);
  const move = (row: Row, day: Day) => {
    const before = valueAt(row, field.jsonPath);
    if (!movable || dayOf(row, field, zone) === day) return;
    followed.current = row.id;
    const value = movedTo(row, field, day, zone);
    send([{ row, field, value }]);
    tell({ text: t('moved', { name: nameOf(row), day: formatDate(day, locale) }), action: { label: t('undo'), run: () => send([{ row: withValue(row, field.jsonPath, value), field, value: before }]) } });
  };
  const onKey = (event: KeyboardEvent, row: Row) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (event.altKey) move(row, plus(dayOf(row, field, zone)!, step));
    else focusOn(order[order.findIndex((entry) => entry.id === row.id) + Math.sign(step)]?.id);
  };
  return (
    <div className="calendar" data-span={span}>
      <CalendarBar shown={shown} resource={resource} change={change} />
      <p className="unseen" id="calendar-keys">{t('keys')}</p>
      {isCut ? <p className="calendar-cut" role="status">{t('tooMany', { count: rows.length })}</p> : null}
      <div className="calendar-scroll" tabIndex={0} role="region" aria-label={headingOf(shown, locale)} aria-describedby="calendar-keys">
        <div className="calendar-days">
          {days.slice(0, 7).map((day) => <div key={day} className="calendar-weekday" aria-hidden suppressHydrationWarning>{dateFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(day))}</div>)}
          {days.map((day) => (
            <DayCell key={day} resource={resource} day={day} field={field} rows={entries.get(day) ?? []} movable={movable} isOther={span === 'month' && day.slice(0, 7) !== anchor.slice(0, 7)}
              most={span === 'month' ? 3 : 30} onDrop={(id) => { const row = rows.find((entry) => entry.id === id); if (row !== undefined) move(row, day); }} onKey={onKey} />
          ))}
        </div>
      </div>
      {order.length === 0 ? <p className="calendar-empty" role="status">{t('empty')}</p> : null}
    </div>
  );
}

const focusOn = (id: string | undefined): void => document.getElementById(`entry-${id}`)?.focus();

function headingOf({ span, anchor, days }: Shown, locale: string): string {
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { ...options, timeZone: 'UTC' });
  return span === 'month' ? format({ month: 'long', year: 'numeric' }).format(Date.parse(anchor)) : format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(Date.parse(days[0]!), Date.parse(days.at(-1)!));
}

function CalendarBar({ shown, resource, change }: Pick<Props, 'shown' | 'resource' | 'change'>) {
  const [t, locale] = [useTranslations('calendar'), useLocale()];
  const [zone, now, fields] = [useTimeZone() ?? 'UTC', useNow({ updateInterval: 60_000 }), dayFieldsOf(resource)];
  const go = (day: Day) => change({ at: day === todayIn(now, zone) ? '' : day });
  return (
    <div className="calendar-bar">
      <button type="button" className="icon-button" aria-label={t('before')} onClick={() => go(beside(shown.span, shown.anchor, -1))}><ChevronLeft size={16} aria-hidden /></button>
      <button type="button" className="icon-button" aria-label={t('after')} onClick={() => go(beside(shown.span, shown.anchor, 1))}><ChevronRight size={16} aria-hidden /></button>
      <button type="button" className="button" onClick={() => change({ at: '' })}>{t('today')}</button>
      <h2 suppressHydrationWarning>{headingOf(shown, locale)}</h2>
      <span className="grow" />
      {fields.length < 2 ? null : (
        <label className="calendar-by"><span>{t('by')}</span>
          <select className="input" aria-label={t('byField')} value={shown.field.path} onChange={(event) => change({ by: event.target.value })}>{fields.map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}</select>
        </label>
      )}
      <div className="switch" role="group">
        {(['month', 'week'] as const).map((span) => <button key={span} type="button" aria-pressed={shown.span === span} onClick={() => change({ span: span === 'month' ? '' : span })}>{t(span)}</button>)}
      </div>
    </div>
  );
}

import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { dateFormat } from '../fields/formats';
import { nameOf } from '../records/values';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { timeOf, todayIn, type Day } from './calendar';

interface Props {
  readonly resource: Resource;
  readonly day: Day;
  readonly field: Field;
  readonly rows: readonly Row[];
  readonly movable: boolean;
  readonly isOther: boolean;
  /** How many are shown before somebody asks for the rest. */
  readonly most: number;
  readonly onDrop: (id: string) => void;
  readonly onKey: (event: KeyboardEvent, row: Row) => void;
}

/** A day with what is on it, and a place where records are dropped. */
export function DayCell({ resource, day, field, rows, movable, isOther, most, onDrop, onKey }: Props) {
  const [t, locale, now, zone] = [useTranslations('calendar'), useLocale(), useNow(), useTimeZone() ?? 'UTC'];
  const element = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const [all, setAll] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => {
    if (!movable || element.current === null) return undefined;
    return dropTargetForElements({
      element: element.current, onDragEnter: () => setOver(true), onDragLeave: () => setOver(false),
      onDrop: ({ source }) => { setOver(false); drop.current(`${source.data['record'] as string}`); },
    });
  }, [movable]);
  const shown = all || rows.length <= most + 1 ? rows : rows.slice(0, most);
  const full = dateFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day));
  return (
    <section ref={element} className="calendar-day" data-over={over} data-other={isOther} data-today={day === todayIn(now, zone)} data-empty={rows.length === 0} aria-label={t('day', { day: full, count: rows.length })} suppressHydrationWarning>
      <time dateTime={day} className="calendar-date" suppressHydrationWarning><span className="calendar-number">{Number(day.slice(8))}</span><span className="calendar-full">{full}</span></time>
      {rows.length === 0 ? null : <ul>{shown.map((row) => <Entry key={row.id} resource={resource} row={row} field={field} movable={movable} onKey={onKey} />)}</ul>}
      {shown.length < rows.length ? <button type="button" className="calendar-more" onClick={() => setAll(true)}>{t('more', { count: rows.length - shown.length })}</button> : null}
    </section>
  );
}

function Entry({ resource, row, field, movable, onKey }: Pick<Props, 'resource' | 'field' | 'movable' | 'onKey'> & { readonly row: Row }) {
  const [locale, zone] = [useLocale(), useTimeZone() ?? 'UTC'];
  const element = useRef<HTMLLIElement>(null);
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    if (!movable || element.current === null) return undefined;
    return draggable({ element: element.current, getInitialData: () => ({ record: row.id }), onDragStart: () => setDragged(true), onDrop: () => setDragged(false) });
  }, [movable, row.id]);
  const time = timeOf(row, field, locale, zone);
  return (
    <li ref={element} className="calendar-entry" data-dragged={dragged} data-movable={movable}>
      <Link id={`entry-${row.id}`} href={recordPath(resource.resource, row.id)} draggable={false} title={nameOf(row)} aria-keyshortcuts={movable ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined} onKeyDown={(event: KeyboardEvent) => onKey(event, row)}>
        {time === '' ? null : <span className="calendar-time tabular" suppressHydrationWarning>{time}</span>}<span className="truncate">{nameOf(row)}</span>
      </Link>
    </li>
  );
}

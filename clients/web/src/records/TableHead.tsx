import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Resource } from '../api/api';
import type { Picking } from '../bulk/usePicked';
import { kindOf } from '../fields/registry';
import type { Column } from './columns';
import type { Order } from './filters';
import { movedBy, movedTo, nameColumn, resized } from './layout';
import { leastNameWidth } from './RecordTable';
import type { Columns } from './useColumns';
import { seen } from './values';

interface Props {
  readonly resource: Resource;
  readonly columns: Columns;
  readonly orders: readonly Order[];
  readonly onOrder: (path: string, within: boolean) => void;
  readonly picking: Picking | undefined;
  /** How many records are loaded. */
  readonly count: number;
}

/** Where a pinned column stands: behind the name and the pinned ones before it. */
export const leftOf = (columns: readonly Column[], at: number): string =>
  `calc(var(--name) + ${columns.slice(0, at).reduce((sum, column) => sum + (column.pinned ? column.width : 0), 0)}px)`;

const step = 20;

/** The heads of the columns: a click orders by one, with Shift within the order that there is; they are dragged to another place and to another width, or moved with Alt, and with Alt and Shift, and the arrows. */
export function TableHead({ resource, columns, orders, onOrder, picking, count }: Props) {
  const t = useTranslations('records');
  const fields = seen(resource).filter((field) => field.sortable);
  const name = ['name', 'last_name', 'subject', 'number'].flatMap((path) => fields.find((field) => field.path === path) ?? [])[0];
  const [over, setOver] = useState<string>();
  const drag = useColumnDrag(columns, setOver);
  const onKey = (event: KeyboardEvent, column: Column) => {
    if (!event.altKey || !/^Arrow(Left|Right)$/.test(event.key)) return;
    event.preventDefault();
    const way = event.key === 'ArrowLeft' ? -1 : 1;
    columns.set(event.shiftKey ? resized(columns.shown, column.field.path, column.width + way * step) : movedBy(columns.shown, column.field.path, way));
  };
  const order = (path: string, label: string, sortable: boolean) => {
    const at = orders.findIndex((entry) => entry.path === path);
    const now = orders[at];
    const inside = (
      <>
        <span className="truncate">{label}</span>
        {now === undefined ? null : now.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />}
        {now === undefined || orders.length < 2 ? null : <span className="order-place" aria-hidden>{at + 1}</span>}
      </>
    );
    return { sort: now === undefined ? 'none' as const : now.descending ? 'descending' as const : 'ascending' as const, inside, click: sortable ? (event: { shiftKey: boolean }) => onOrder(path, event.shiftKey) : undefined };
  };
  const first = order(name?.path ?? 'name', name?.path === 'last_name' || name === undefined ? t('name') : name.label, name !== undefined);
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="line" aria-rowindex={1}>
        <div role="columnheader" className="cell" aria-sort={first.sort} data-path={nameColumn}>
          {picking === undefined ? null : <PickLoaded picking={picking} count={count} />}
          {first.click === undefined ? <span className="truncate">{first.inside}</span> : <button type="button" className="head" onClick={first.click}>{first.inside}</button>}
          <Grip label={t('columnWidth')} width={columns.nameWidth || leastNameWidth} onWidth={(width) => columns.set(columns.shown, width)} />
        </div>
        {columns.shown.map((column, i) => {
          const head = order(column.field.path, column.field.label, column.field.sortable);
          return (
            <div key={column.field.path} role="columnheader" data-path={column.field.path} data-over={over === column.field.path} aria-sort={head.sort} title={column.field.label}
              className={`cell${kindOf(column.field).alignEnd ? ' end' : ''}${column.pinned ? ' pinned' : ''}`} style={column.pinned ? { left: leftOf(columns.shown, i) } : undefined}
              onPointerDown={(event) => drag.begin(event, column.field.path)}>
              <button type="button" className="head" aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Alt+Shift+ArrowLeft Alt+Shift+ArrowRight" onKeyDown={(event) => onKey(event, column)} onClick={(event) => drag.wasDragged() || head.click?.(event)}>{head.inside}</button>
              <Grip label={t('columnWidth')} width={column.width} onWidth={(width) => columns.set(resized(columns.shown, column.field.path, width))} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Chooses all that are loaded, or none. */
function PickLoaded({ picking: { rows, pickLoaded, clear }, count }: { readonly picking: Picking; readonly count: number }) {
  const t = useTranslations('bulk');
  const some = rows.length > 0 && rows.length < count;
  return (
    <span className="pick">
      <input type="checkbox" aria-label={t('pickShown')} ref={(box) => void (box !== null && (box.indeterminate = some))} checked={count > 0 && rows.length === count} onChange={(event) => (event.target.checked ? pickLoaded() : clear())} />
    </span>
  );
}

/** Follows a pointer until it is let go or taken away. @returns What stops that. */
function listen(where: HTMLElement | Window, move: (event: globalThis.PointerEvent) => void, end: (event: globalThis.PointerEvent) => void): () => void {
  const followed = new AbortController();
  const over = (event: Event) => {
    followed.abort();
    end(event as globalThis.PointerEvent);
  };
  where.addEventListener('pointermove', move as EventListener, { signal: followed.signal });
  for (const name of ['pointerup', 'pointercancel']) where.addEventListener(name, over, { signal: followed.signal });
  return () => followed.abort();
}

/** The edge by which a column is made wider; the width is kept when it is let go. */
function Grip({ label, width, onWidth }: { readonly label: string; readonly width: number; readonly onWidth: (width: number) => void }) {
  const onDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    const [grip, cell, start] = [event.currentTarget, event.currentTarget.parentElement!, event.clientX];
    const before = cell.getBoundingClientRect().width || width;
    grip.setPointerCapture(event.pointerId);
    const table = cell.closest<HTMLElement>('.table')!;
    const at = [...cell.parentElement!.children].indexOf(cell);
    const tracks: readonly string[] = table.style.getPropertyValue('--columns').match(/minmax\([^)]*\)|\S+/g) ?? [];
    const move = (next: globalThis.PointerEvent) => table.style.setProperty('--columns', tracks.with(at, `${Math.max(60, before + next.clientX - start)}px`).join(' '));
    // Given up is what the browser takes for something else, such as scrolling with a finger.
    listen(grip, move, (next) => {
      if (next.type === 'pointerup') onWidth(before + next.clientX - start);
      else table.style.setProperty('--columns', tracks.join(' '));
    });
  };
  return <span className="grip" title={label} aria-hidden onPointerDown={onDown} />;
}

/** A head that is dragged over another one takes its place. */
function useColumnDrag(columns: Columns, setOver: (path: string | undefined) => void) {
  const dragged = useRef(false);
  const leave = useRef<() => void>(undefined);
  useEffect(() => () => leave.current?.(), []);
  const begin = (event: PointerEvent, path: string) => {
    const start = event.clientX;
    dragged.current = false;
    // The edge is for the width.
    if (event.button !== 0 || (event.target as Element).closest('.grip') !== null) return;
    let target: string | undefined;
    const move = (next: globalThis.PointerEvent) => {
      if (!dragged.current && Math.abs(next.clientX - start) < 6) return;
      dragged.current = true;
      target = document.elementFromPoint(next.clientX, next.clientY)?.closest<HTMLElement>('[role=columnheader]')?.dataset['path'];
      setOver(target === path ? undefined : target);
    };
    leave.current?.();
    leave.current = listen(window, move, (next) => {
      setOver(undefined);
      if (next.type === 'pointerup' && dragged.current && target !== undefined) columns.set(movedTo(columns.shown, path, target));
      // The click that ends the drag is not one on the head; the next one is, and Enter.
      setTimeout(() => (dragged.current = false));
    });
  };
  return { begin, wasDragged: () => dragged.current };
}

import { useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import type { Field, Resource, Row } from '../api/api';
import { may } from '../api/rights';
import { isPicked } from '../bulk/picked';
import type { Picking } from '../bulk/usePicked';
import { kindOf } from '../fields/registry';
import { recordPath } from '../routing/places';
import { useNotice } from '../ui/Notice';
import { useCellChange, type CellChange } from './cells';
import type { Column } from './columns';
import { placeAfter, placeBeside, placeOf, rangeOf, readTsv, spotOf, textOf, valueOf, writeTsv, type Place, type Range, type Spot } from './grid';
import { isEditable, nameOf, valueAt } from './values';

interface Wanted {
  readonly resource: Resource;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly picking: Picking | undefined;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly scrollTo: (row: number) => void;
}

/** What cells do; the same object as long as the table stands. */
export interface CellAct {
  readonly focus: (place: Place) => void;
  readonly extend: (place: Place) => void;
  readonly edit: (place: Place) => void;
  readonly save: (change: CellChange) => void;
  /** Chooses a record, or no longer; `through` from the last one on. */
  readonly pick: (row: number, through: boolean) => void;
  readonly close: (then: 'stay' | 'down' | 'next' | 'back' | 'away') => void;
}

interface Edited extends Spot {
  readonly typed: string | undefined;
}

const page = 15;

/** Whether a cell has room for what the field is edited with. */
export const isInCell = (field: Field): boolean => kindOf(field).Editor !== undefined && kindOf(field).composed !== true;

/** A table that is used as a spreadsheet is: arrows, Enter, Escape, Tab, letters; whole ranges are copied and pasted as tab-separated text. */
export function useCells(wanted: Wanted) {
  const [t, router, tell, send] = [useTranslations('records'), useRouter(), useNotice(), useCellChange(wanted.resource)];
  const { rows } = wanted;
  const [spot, setSpot] = useState<Spot>();
  const [fromSpot, setFromSpot] = useState<Spot>();
  const [editor, setEditor] = useState<Edited>();
  // Lines come and go while somebody is in the table: what is kept are the records, and where they stand follows.
  const at = useMemo(() => placeOf(spot, rows), [spot, rows]);
  const from = useMemo(() => placeOf(fromSpot, rows), [fromSpot, rows]);
  const edited = useMemo(() => placeOf(editor, rows), [editor, rows]);
  const count = wanted.columns.length + 1;

  const columnAt = ({ column }: Place) => wanted.columns[column - 1];
  const takes = (place: Place): boolean => {
    const field = columnAt(place)?.field;
    return field !== undefined && may(wanted.resource, 'update') && isEditable(field) && isInCell(field);
  };
  const go = (place: Place, extends_ = false) => {
    setFromSpot(extends_ ? (fromSpot ?? spot) : undefined);
    setSpot(spotOf(place, rows));
    wanted.scrollTo(place.row);
    // The line may have to be drawn first.
    requestAnimationFrame(() => cellAt(wanted.scroller.current, place)?.focus({ preventScroll: false }));
  };
  const open = (place: Place) => {
    const row = wanted.rows[place.row];
    if (row !== undefined) router.push(recordPath(wanted.resource.resource, row.id));
  };
  const edit = (place: Place, typed?: string) => {
    const edits = takes(place) ? spotOf(place, rows) : undefined;
    if (edits !== undefined) setEditor({ ...edits, typed });
  };

  const act = {
    focus: (place: Place) => {
      if (at?.row === place.row && at.column === place.column) return;
      setSpot(spotOf(place, rows));
      setFromSpot(undefined);
    },
    extend: (place: Place) => go(place, true),
    edit: (place: Place) => (takes(place) ? edit(place) : open(place)),
    save: (change: CellChange) => send([change]),
    pick: (row: number, through: boolean) => wanted.picking?.toggle(row, through),
    close: (then: Parameters<CellAct['close']>[0]) => {
      const place = edited;
      setEditor(undefined);
      if (place === undefined || then === 'away') return;
      const next = then === 'down' ? placeAfter(place, { key: 'ArrowDown', ctrlKey: false }, wanted.rows.length, count, page)
        : then === 'stay' ? place : placeBeside(place, then === 'back', wanted.rows.length, count);
      go(next ?? place);
    },
  };
  // Lines keep what they got first: what it does is what is meant now.
  const now = useRef(act);
  // eslint-disable-next-line react-hooks/refs
  now.current = act;
  const steady = useMemo<CellAct>(() => ({
    focus: (place) => now.current.focus(place), extend: (place) => now.current.extend(place), edit: (place) => now.current.edit(place),
    save: (change) => now.current.save(change), pick: (row, through) => now.current.pick(row, through), close: (then) => now.current.close(then),
  }), []);

  const range: Range | undefined = at === undefined ? undefined : rangeOf(from ?? at, at);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (at === undefined || !(event.target as Element).closest('[role=gridcell]') || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    // Tab leads out of the table: through it, it leads from the editor of a cell only.
    const next = placeAfter(at, { key: event.key, ctrlKey: control }, wanted.rows.length, count, page);
    if (next !== undefined) {
      event.preventDefault();
      go(next, event.shiftKey);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      if (takes(at)) edit(at);
      else if (at.column === 0) open(at);
    } else if (event.key === ' ' && !control && wanted.picking !== undefined) {
      event.preventDefault();
      pickHere(wanted.picking, at, event.shiftKey);
    } else if (event.code === 'KeyA' && control && wanted.picking !== undefined) {
      event.preventDefault();
      wanted.picking.pickLoaded();
    } else if (event.key === 'Escape') {
      if (fromSpot === undefined) wanted.picking?.clear();
      setFromSpot(undefined);
    }
    else if ((event.key === 'Delete' || event.key === 'Backspace') && !control) { event.preventDefault(); fill([['']]); }
    else if (event.key.length === 1 && !control && /[\p{L}\p{N}]/u.test(event.key) && types(columnAt(at)?.field.type)) { event.preventDefault(); edit(at, event.key); }
  };

  // The records of a range become what the one of them is not that has the focus.
  const pickHere = (picking: Picking, { row }: Place, through: boolean) => {
    if (range === undefined || range.top === range.bottom) picking.toggle(row, through);
    else picking.range(range.top === row ? range.bottom : range.top, row, !isPicked(picking.picked, rows[row]!.id));
  };

  /** Texts into the cells from the range's first one on; one text goes into each cell of the range. */
  const fill = (texts: readonly (readonly string[])[]) => {
    if (range === undefined) return;
    const one = texts.length === 1 && texts[0]!.length === 1;
    const [height, width] = one ? [range.bottom - range.top + 1, range.right - range.left + 1] : [texts.length, Math.max(...texts.map((row) => row.length))];
    const [changes, left] = [[] as CellChange[], { count: 0 }];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const place = { row: range.top + y, column: range.left + x };
        const [row, field, text] = [wanted.rows[place.row], columnAt(place)?.field, one ? texts[0]![0] : texts[y]![x]];
        if (row === undefined || text === undefined) continue;
        const value = field !== undefined && takes(place) ? valueOf(field, text, valueAt(row, field.jsonPath)) : undefined;
        if (field === undefined || value === undefined) left.count++;
        else changes.push({ row, field, value });
      }
    send(changes);
    if (left.count > 0) tell({ text: t('notPasted', { count: left.count }), bad: true });
  };
  const onCopy = (event: ClipboardEvent) => {
    if (range === undefined || getSelection()?.toString()) return;
    event.preventDefault();
    const rows = wanted.rows.slice(range.top, range.bottom + 1);
    event.clipboardData.setData('text/plain', writeTsv(rows.map((row) => Array.from({ length: range.right - range.left + 1 }, (_, i) => {
      const field = wanted.columns[range.left + i - 1]?.field;
      return field === undefined ? nameOf(row) : textOf(valueAt(row, field.jsonPath));
    }))));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (range === undefined) return;
    event.preventDefault();
    fill(readTsv(event.clipboardData.getData('text/plain')));
  };
  return { at, range: from === undefined ? undefined : range, edited: edited === undefined ? undefined : { ...edited, typed: editor?.typed }, act: steady, onKeyDown, onCopy, onPaste };
}

const typed = new Set(['text', 'long_text', 'email', 'phone', 'url', 'number', 'decimal']);
const types = (type: string | undefined): boolean => type !== undefined && typed.has(type);

const cellAt = (scroller: HTMLElement | null, { row, column }: Place): HTMLElement | null => scroller?.querySelector(`[data-row="${row}"][data-column="${column}"]`) ?? null;

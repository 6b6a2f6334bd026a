import { useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { kindOf } from '../fields/registry';
import { same } from './cells';
import { begunWith } from './grid';
import { valueAt } from './values';

interface Props {
  readonly resource: Resource;
  readonly row: Row;
  readonly field: Field;
  /** The letter with which editing began, in place of the value. */
  readonly typed: string | undefined;
  /** What the cell shall hold, and the record as it was when editing began. */
  readonly onSave: (value: unknown, begun: Row) => void;
  /** Gives the cell back: to itself, or to the one beside it. */
  readonly onClose: (then: 'stay' | 'down' | 'next' | 'back' | 'away') => void;
}

/** The editor of a cell, in its place: Enter takes the value and goes down, Tab goes on, Escape gives up. */
export function CellEditor({ resource, row, field, typed, onSave, onClose }: Props) {
  const [kind, id] = [kindOf(field), useId()];
  // What is changed meanwhile is found out by the etag that was read when editing began.
  const [begun] = useState(row);
  const [value, setValue] = useState<unknown>(() => (typed === undefined ? valueAt(row, field.jsonPath) : begunWith(field, typed)));
  // What has been taken or given up is not taken once more by the focus that leaves.
  const over = useRef(false);
  const end = (then: Parameters<Props['onClose']>[0], taken?: unknown, takes = true) => {
    if (over.current) return;
    over.current = true;
    if (takes && !same(taken, valueAt(begun, field.jsonPath))) onSave(taken, begun);
    onClose(then);
  };
  const onKey = (event: KeyboardEvent) => {
    // The keys of the table are the editor's while it is open.
    event.stopPropagation();
    if (event.key === 'Escape') end('stay', undefined, false);
    else if (event.key === 'Enter' && !event.defaultPrevented && (!(kind.manyLines ?? false) || event.ctrlKey || event.metaKey)) { event.preventDefault(); end('down', value); }
    else if (event.key === 'Tab') { event.preventDefault(); end(event.shiftKey ? 'back' : 'next', value); }
  };
  const onLeave = (event: FocusEvent) => !event.currentTarget.contains(event.relatedTarget) && !inPopup(event.relatedTarget) && end('away', value);
  if (kind.Editor === undefined) return null;
  return (
    <div className={`cell-editor${kind.manyLines ? ' tall' : ''}`} onKeyDown={onKey} onBlur={onLeave} onCopy={(event) => event.stopPropagation()} onPaste={(event) => event.stopPropagation()}>
      <label className="unseen" htmlFor={id}>{field.label}</label>
      <kind.Editor id={id} resource={resource} field={field} row={row} value={value} autoFocus onChange={setValue} onDone={(done) => end('stay', done)} />
    </div>
  );
}

// What an editor opens stands elsewhere in the page, and is a part of it.
const inPopup = (element: EventTarget | null): boolean => element instanceof Element && element.closest('[role=listbox], [role=dialog], .MuiPopper-root') !== null;

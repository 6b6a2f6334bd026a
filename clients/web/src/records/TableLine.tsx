import { memo, type CSSProperties, type MouseEvent } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { mayChange } from '../api/rights';
import { kindOf } from '../fields/registry';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { CellEditor } from './CellEditor';
import type { Column } from './columns';
import { leftOf } from './TableHead';
import { isInCell, type CellAct } from './useCells';
import { isEditable, isEmpty, nameOf, valueAt } from './values';

interface Props {
  readonly resource: Resource;
  readonly columns: readonly Column[];
  readonly row: Row;
  /** Its place among the records, and among the lines. */
  readonly index: number;
  readonly line: number;
  readonly act: CellAct;
  /** The column that has the focus, where one of this line has. */
  readonly at: number | undefined;
  /** The line by which the keyboard comes into the table. */
  readonly first: boolean;
  /** The first and the last column that are chosen, where some of this line are: -1 where none is. */
  readonly chosenFrom: number;
  readonly chosenTo: number;
  readonly edited: number | undefined;
  /** With what editing begins; undefined for the value as it is. */
  readonly typed: string | undefined;
  /** Whether it is chosen, to be worked on with others; undefined where nothing can be done with many. */
  readonly picked: boolean | undefined;
}

/** A record. It is drawn anew only where something of it is another: moving through a table draws two lines. */
export const TableLine = memo(function TableLine({ resource, columns, row, index, line, act, at, first, chosenFrom, chosenTo, edited, typed, picked }: Props) {
  const [name, path] = [nameOf(row), recordPath(resource.resource, row.id)];
  const cell = (column: number) => ({
    role: 'gridcell', 'data-row': index, 'data-column': column, 'aria-colindex': column + 1, tabIndex: at === column || (first && column === 0) ? 0 : -1,
    'aria-selected': column >= chosenFrom && column <= chosenTo,
    onFocus: () => act.focus({ row: index, column }),
    onMouseDown: (event: { shiftKey: boolean; preventDefault: () => void }) => event.shiftKey && (event.preventDefault(), act.extend({ row: index, column })),
  });
  return (
    <div role="row" className="line data" aria-rowindex={line + 2} aria-selected={picked} data-picked={picked ?? false} style={{ '--index': line } as CSSProperties} onClick={tapped}>
      <div {...cell(0)} className="cell name">
        {picked === undefined ? <Avatar name={name} round={resource.resource === 'contacts.person'} /> : (
          <span className="pick">
            <Avatar name={name} round={resource.resource === 'contacts.person'} />
            <input type="checkbox" tabIndex={-1} aria-label={name} checked={picked} onMouseDown={inTable} onChange={({ nativeEvent }) => act.pick(index, (nativeEvent as unknown as globalThis.MouseEvent).shiftKey)} />
          </span>
        )}
        <Link href={path} className="title truncate" tabIndex={-1}>{name}</Link>
      </div>
      {columns.map(({ field, pinned }, i) => (
        <div key={field.path} {...cell(i + 1)} className={classOf(field, pinned)} aria-readonly={!(mayChange(resource) && isEditable(field) && isInCell(field))} style={pinned ? { left: leftOf(columns, i) } : undefined} onDoubleClick={() => act.edit({ row: index, column: i + 1 })}>
          {edited === i + 1 ? <CellEditor resource={resource} row={row} field={field} typed={typed} onSave={(value, begun) => act.save({ row: begun, field, value })} onClose={act.close} /> : <Shown resource={resource} row={row} field={field} />}
        </div>
      ))}
    </div>
  );
});

// The box takes no focus: the keys are those of the table.
const inTable = (event: MouseEvent<HTMLElement>) => {
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.closest<HTMLElement>('[role=gridcell]')?.focus();
};

// Where there is no room for columns, a line is one thing to tap on.
const tapped = ({ currentTarget, target }: MouseEvent<HTMLElement>) => {
  if ((target as Element).closest('a, button, input') === null && matchMedia('(max-width: 800px)').matches) currentTarget.querySelector('a')?.click();
};

const classOf = (field: Field, pinned: boolean): string => `cell${kindOf(field).alignEnd ? ' end' : ''}${pinned ? ' pinned' : ''}`;

function Shown({ resource, row, field }: { readonly resource: Resource; readonly row: Row; readonly field: Field }) {
  const [kind, value] = [kindOf(field), valueAt(row, field.jsonPath)];
  return isEmpty(value) ? null : <kind.Cell resource={resource} field={field} value={value} row={row} />;
}

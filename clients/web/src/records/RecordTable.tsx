import { defaultRangeExtractor, useVirtualizer, type Range as Drawn } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type CSSProperties } from 'react';
import { useTranslations } from 'next-intl';
import type { Resource, Row } from '../api/api';
import { isPicked } from '../bulk/picked';
import type { Picking } from '../bulk/usePicked';
import { useMedia } from '../ui/useMedia';
import type { Order } from './filters';
import type { Range } from './grid';
import { GroupLine } from './GroupLine';
import type { Line } from './groups';
import { TableHead } from './TableHead';
import { TableLine } from './TableLine';
import { useCells } from './useCells';
import type { Columns } from './useColumns';
import type { Grouping } from './useGroups';

interface Props {
  readonly resource: Resource;
  readonly columns: Columns;
  /** Those that are shown; not those of groups that are closed. */
  readonly rows: readonly Row[];
  readonly groups: Grouping | undefined;
  readonly orders: readonly Order[];
  /** Another order alone, or within the one that there is. */
  readonly onOrder: (path: string, within: boolean) => void;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** The next ones could not be read: they are asked for when somebody says so. */
  readonly isStopped: boolean;
  readonly onMore: () => void;
  /** Which records are chosen; undefined where nothing can be done with many. */
  readonly picking: Picking | undefined;
}

// The same as --row of the style.
const rowHeight = 42;
/** Two lines where there is no room for columns. */
const tallRowHeight = 60;
const narrow = '(max-width: 800px)';
export const leastNameWidth = 260;

/** As many rows as fit the screen are in the page, however many there are; the next ones are asked for before the end is reached. */
export function RecordTable({ resource, columns, rows, groups, orders, onOrder, hasMore, isLoading, isStopped, onMore, picking }: Props) {
  const [t, ofMany] = [useTranslations('records'), useTranslations('bulk')];
  const scroller = useRef<HTMLDivElement>(null);
  const tall = useMedia(narrow);
  // The line that is written in stays in the page wherever it is scrolled to: with it would go what is typed.
  const written = useRef(-1);
  const lines = groups?.lines;
  const count = lines?.length ?? rows.length;
  const lineOf = (row: number): number => (lines === undefined ? row : lines.findIndex((line) => 'row' in line && line.row === row));
  const rowOf = (line: number): number => (lines === undefined ? line : recordOf(lines[line]));
  const drawn = useCallback((range: Drawn) => withLine(defaultRangeExtractor(range), written.current), []);
  const virtual = useVirtualizer({
    rangeExtractor: drawn,
    count, getScrollElement: () => scroller.current, estimateSize: () => (tall ? tallRowHeight : rowHeight), overscan: 12,
    // The head stays over the first rows.
    scrollPaddingStart: tall ? 0 : 36,
    // What the server draws, which knows no screen.
    initialRect: { width: 1280, height: 800 },
  });
  useEffect(() => virtual.measure(), [tall, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoading && !isStopped && last >= count - 30) onMore();
  }, [hasMore, isLoading, isStopped, last, count, rows.length, onMore]);
  const cells = useCells({ resource, columns: columns.shown, rows, picking, scroller, scrollTo: (row) => virtual.scrollToIndex(lineOf(row)) });
  useEffect(() => void (written.current = cells.edited === undefined ? -1 : lineOf(cells.edited.row)));
  const firstRow = items.map(({ index }) => rowOf(index)).find((row) => row >= 0);
  return (
    <div className="table-scroll" ref={scroller} role="region" aria-label={resource.pluralLabel}>
      <div className="table" role="grid" aria-rowcount={hasMore ? -1 : count + 1} aria-colcount={columns.shown.length + 1} aria-multiselectable aria-label={resource.pluralLabel} aria-describedby="table-keys" data-picking={(picking?.rows.length ?? 0) > 0}
        style={styleOf(columns, count)} onKeyDown={cells.onKeyDown} onCopy={cells.onCopy} onPaste={cells.onPaste}>
        <TableHead resource={resource} columns={columns} orders={orders} onOrder={onOrder} picking={picking} count={rows.length} />
        <div role="rowgroup" className="rows">
          {items.map(({ index: line }) => {
            const [entry, index] = [lines?.[line], rowOf(line)];
            if (entry !== undefined && 'group' in entry) return <GroupLine key={`group ${entry.group.key}`} resource={resource} field={groups!.field} group={entry.group} line={line} columns={columns.shown.length + 1} onToggle={groups!.toggle} />;
            return (
            <TableLine key={rows[index]!.id} resource={resource} columns={columns.shown} row={rows[index]!} index={index} line={line} act={cells.act}
              at={cells.at?.row === index ? cells.at.column : undefined} first={cells.at === undefined && index === firstRow}
              {...chosenIn(cells.range, index)}
              edited={cells.edited?.row === index ? cells.edited.column : undefined} typed={cells.edited?.typed} picked={picking === undefined ? undefined : isPicked(picking.picked, rows[index]!.id)} />
            );
          })}
        </div>
      </div>
      <p id="table-keys" className="unseen">{t('tableKeys')}{picking === undefined ? '' : ` ${ofMany('keys')}`}</p>
      {groups?.isCut ? <p className="more">{t('groupsCut')}</p> : null}
      {isLoading ? <p className="more" role="status">{t('loadingMore')}</p> : null}
    </div>
  );
}

const recordOf = (line: Line | undefined): number => (line !== undefined && 'row' in line ? line.row : -1);

const withLine = (lines: readonly number[], line: number): number[] => (line < 0 || lines.includes(line) ? [...lines] : [...lines, line].sort((one, other) => one - other));

const none = { chosenFrom: -1, chosenTo: -1 };

const chosenIn = (range: Range | undefined, row: number) => (range === undefined || row < range.top || row > range.bottom ? none : { chosenFrom: range.left, chosenTo: range.right });

/** Where the columns are. What is pinned has an exact width, and so has the name before it, because the place of the next one follows from it. */
function styleOf({ shown, nameWidth }: Columns, count: number): CSSProperties {
  const pins = shown.some((column) => column.pinned);
  const name = nameWidth || leastNameWidth;
  const widths = [nameWidth > 0 || pins ? `${name}px` : `minmax(${name}px, 1.4fr)`, ...shown.map(({ width, sized, pinned }) => (sized || pinned ? `${width}px` : `minmax(${width}px, 1fr)`))];
  const least = shown.reduce((sum, column) => sum + column.width, name);
  return { '--name': `${name + 8}px`, '--columns': widths.join(' '), '--least': `${least + 16}px`, '--count': count } as CSSProperties;
}

import { useRouter } from 'next/navigation';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, type CSSProperties } from 'react';
import { useTranslations } from 'next-intl';
import type { Resource, Row } from '../api/api';
import { kindOf } from '../fields/registry';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { useMedia } from '../ui/useMedia';
import type { Column } from './columns';
import type { Order } from './filters';
import { isEmpty, nameOf, seen, valueAt } from './values';

interface Props {
  readonly resource: Resource;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly order: Order | undefined;
  readonly onOrder: (path: string) => void;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

// The same as --row of the style.
const rowHeight = 42;
/** Two lines where there is no room for columns. */
const tallRowHeight = 60;
const narrow = '(max-width: 800px)';
const nameWidth = 230;

/** As many rows as fit the screen are in the page, however many there are; the next ones are asked for before the end is reached. */
export function RecordTable(props: Props) {
  const { columns, rows, hasMore, isLoading, onMore } = props;
  const t = useTranslations('records');
  const scroller = useRef<HTMLDivElement>(null);
  const tall = useMedia(narrow);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => (tall ? tallRowHeight : rowHeight), overscan: 12,
    // What the server draws, which knows no screen.
    initialRect: { width: 1280, height: 800 },
  });
  useEffect(() => virtual.measure(), [tall, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoading && last >= rows.length - 30) onMore();
  }, [hasMore, isLoading, last, rows.length, onMore]);
  const template = [`minmax(${nameWidth}px, 1.4fr)`, ...columns.map((column) => `minmax(${column.width}px, 1fr)`)].join(' ');
  const width = columns.reduce((sum, column) => sum + column.width, nameWidth);
  return (
    <div className="table-scroll" ref={scroller} tabIndex={0} role="region" aria-label={props.resource.pluralLabel}>
      <div className="table" role="table" aria-rowcount={hasMore ? -1 : rows.length + 1} aria-label={props.resource.pluralLabel} style={{ '--columns': template, '--least': `${width}px`, '--count': rows.length } as CSSProperties}>
        <Head {...props} />
        <div role="rowgroup" className="rows">
          {items.map((item) => <Line key={rows[item.index]!.id} resource={props.resource} columns={columns} row={rows[item.index]!} index={item.index} />)}
        </div>
      </div>
      {isLoading ? <p className="more" role="status">{t('loadingMore')}</p> : null}
    </div>
  );
}

function Head({ resource, columns, order, onOrder }: Props) {
  const t = useTranslations('records');
  const fields = seen(resource).filter((field) => field.sortable);
  const name = ['name', 'last_name', 'number'].flatMap((path) => fields.find((field) => field.path === path) ?? [])[0];
  const cell = (path: string, label: string, sortable: boolean, end: boolean) => {
    const now = order?.path === path ? order : undefined;
    return (
      <div key={path} role="columnheader" className={`cell${end ? ' end' : ''}`} aria-sort={now === undefined ? 'none' : now.descending ? 'descending' : 'ascending'}>
        {sortable ? <button type="button" className="head" onClick={() => onOrder(path)}><span className="truncate">{label}</span>{now === undefined ? null : now.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />}</button> : <span className="truncate">{label}</span>}
      </div>
    );
  };
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="line" aria-rowindex={1}>
        {cell(name?.path ?? 'name', name?.path === 'last_name' || name === undefined ? t('name') : name.label, name !== undefined, false)}
        {columns.map(({ field }) => cell(field.path, field.label, field.sortable, kindOf(field).alignEnd ?? false))}
      </div>
    </div>
  );
}

function Line({ resource, columns, row, index }: { readonly resource: Resource; readonly columns: readonly Column[]; readonly row: Row; readonly index: number }) {
  const router = useRouter();
  const [name, path] = [nameOf(row), recordPath(resource.resource, row.id)];
  return (
    <div role="row" className="line data" aria-rowindex={index + 2} style={{ '--index': index } as CSSProperties} onClick={() => router.push(path)}>
      <div role="cell" className="cell name"><Avatar name={name} round={resource.resource === 'contacts.person'} /><Link href={path} className="title truncate" onClick={(event) => event.stopPropagation()}>{name}</Link></div>
      {columns.map(({ field }) => {
        const [kind, value] = [kindOf(field), valueAt(row, field.jsonPath)];
        return <div key={field.path} role="cell" className={`cell${kind.alignEnd ? ' end' : ''}`}>{isEmpty(value) ? null : <kind.Cell resource={resource} field={field} value={value} />}</div>;
      })}
    </div>
  );
}

'use client';

import { Plus, SearchX, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { ApiProblem } from '@platform/api';
import type { Resource } from '../api/api';
import { useMay } from '../api/me';
import { may } from '../api/rights';
import { toldOf } from '../api/told';
import { isBoard } from '../board/board';
import { useBoard } from '../board/useBoard';
import { isMoving } from '../board/useMove';
import { Bulk } from '../bulk/Bulk';
import { actsOf } from '../bulk/kinds';
import { usePicked } from '../bulk/usePicked';
import { calendarOf, todayIn } from '../calendar/calendar';
import { useCalendar } from '../calendar/useCalendar';
import { targetsOf } from '../import/targets';
import { boardRoom } from '../live/rooms';
import { useLiveBoard, useLiveList } from '../live/useLive';
import { Watchers } from '../live/Watchers';
import { Link } from '../routing/Link';
import { useSearch } from '../routing/useSearch';
import { iconOf } from '../shell/icons';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';
import { Title } from '../ui/Title';
import { useLasting } from '../ui/useLasting';
import { Described } from './Described';
import { nextOrder, nextOrders, orderOf, ordersOf } from './filters';
import { useRows } from './records';
import { Toolbar } from './Toolbar';
import { useColumns } from './useColumns';
import { useGroups } from './useGroups';
import { askedOf } from './views';

// Who looks at a table needs no board, no calendar, and no form, and the other way round.
const BoardView = dynamic(() => import('../board/BoardView').then((file) => file.BoardView));
const CalendarView = dynamic(() => import('../calendar/CalendarView').then((file) => file.CalendarView));
const RecordTable = dynamic(() => import('./RecordTable').then((file) => file.RecordTable));
const CreateDialog = dynamic(() => import('./CreateDialog').then((file) => file.CreateDialog));

interface Props {
  readonly name: string;
  /** The cookie in which this browser keeps columns. */
  readonly kept?: string | undefined;
}

/** The records of any resource. What is searched, filtered and sorted stands in the address. */
export const ListPage = ({ name, kept }: Props) => <Described name={name}>{(resource) => <List resource={resource} kept={kept} />}</Described>;

function List({ resource, kept }: { readonly resource: Resource; readonly kept: string | undefined }) {
  const t = useTranslations('records');
  const [search, change] = useSearch();
  const [locale, zone, now] = [useLocale(), useTimeZone() ?? 'UTC', useNow({ updateInterval: 60_000 })];
  const { view, filter, filterAt, orderBy, group, order } = askedOf(resource, search);
  const asBoard = isBoard(resource, search, view);
  const shown = asBoard ? undefined : calendarOf(resource, search, view, todayIn(now, zone), locale);
  const columns = useColumns(resource, view, search, change, kept);
  const table = useRows(resource, { filter, orderBy: order }, !asBoard && shown === undefined);
  const calendar = useCalendar(resource, shown, filter);
  const rows = shown === undefined ? table : calendar;
  const board = useBoard({ pipeline: search.get('pipeline') ?? '', filter }, asBoard);
  const answer = asBoard ? board : rows;
  const fatal = useLasting(answer, () => (asBoard ? board.refetch() : rows.isFetchNextPageError ? rows.fetchNextPage() : rows.refetch()));
  useLiveList(resource, !asBoard);
  useLiveBoard(asBoard ? board.data?.pipelineId : undefined, isMoving);
  const title = resource.pluralLabel || resource.label;
  const [contacts, records] = [useMay('contacts.import'), useMay('records.import')];
  const imports = targetsOf([resource], (permission) => (permission === 'contacts.import' ? contacts : records)).length > 0;

  const loaded = useMemo(() => rows.data?.pages.flatMap((page) => page.rows) ?? [], [rows.data]);
  const asTable = !asBoard && shown === undefined;
  const groups = useGroups(resource, asTable ? group : undefined, orderBy, loaded, rows.data?.pages.length ?? 0, table);
  const listed = groups?.rows ?? loaded;
  const picking = usePicked(`${resource.resource} ${filter}`, listed);
  const offers = useMemo(() => actsOf(resource).length > 0, [resource]);
  const picks = asTable && offers;
  const narrowed = (search.get('q') ?? '') !== '' || search.has('filter') || (view?.filter ?? '') !== '';
  const refusal = answer.error instanceof ApiProblem && answer.error.code === 'INVALID_FILTER' && search.has('filter') ? answer.error : undefined;
  const create = may(resource, 'create')
    ? <button type="button" className="button primary create" onClick={() => change({ new: '1' })}><Plus size={16} aria-hidden /><span>{t('new', { label: resource.label })}</span></button>
    : undefined;

  return (
    <div className="page list">
      <Title>{title}</Title>
      <header className="topbar">
        <h1 className="truncate">{title}</h1>
        {rows.data !== undefined && !fatal ? <span className="count">{t('count', { count: loaded.length, more: rows.hasNextPage ? 'yes' : 'no' })}</span> : null}
        <span className="grow" />
        {asBoard && board.data !== undefined ? <Watchers room={boardRoom(board.data.pipelineId)} /> : null}
        {imports ? <Link className="button" href={`/import?to=${encodeURIComponent(resource.resource)}`}><Upload size={15} aria-hidden /><span>{t('import')}</span></Link> : null}
        {create}
      </header>
      <Toolbar resource={resource} view={view} search={search} change={change} refusal={refusal} filterAt={filterAt} orderBy={orderBy} group={group} as={asBoard ? 'board' : shown === undefined ? 'table' : 'calendar'} columns={columns} />
      {refusal !== undefined ? null
        : answer.isPending ? <Skeleton />
        : fatal ? <Fault told={toldOf(answer.error)} onRetry={() => void answer.refetch()} />
        : asBoard && board.data !== undefined ? <BoardView resource={resource} board={board.data} queryKey={board.queryKey} />
        : shown !== undefined ? <CalendarView resource={resource} shown={shown} rows={loaded} isCut={calendar.isCut} change={change} />
        : loaded.length === 0 ? <Blank icon={narrowed ? SearchX : iconOf(resource.resource)} title={narrowed ? t('noneFound') : t('none', { label: title })} action={narrowed ? undefined : create}>{narrowed ? t('noneFoundHint') : t('noneHint')}</Blank>
        : <RecordTable resource={resource} columns={columns} rows={listed} groups={groups} orders={ordersOf(orderBy)} onOrder={(path, within) => change({ sort: within ? nextOrders(orderBy, path) : nextOrder(orderOf(orderBy), path) })}
            hasMore={rows.hasNextPage && groups?.goesOn !== false} isLoading={rows.isFetchingNextPage} isStopped={rows.isError} onMore={() => void rows.fetchNextPage()} picking={picks ? picking : undefined} />}
      {picks ? <Bulk key={resource.resource} resource={resource} picking={picking} filter={filter} loaded={listed.length} hasMore={rows.hasNextPage || listed.length < loaded.length} isOld={rows.isPlaceholderData} columns={columns.shown} /> : null}
      {create !== undefined && search.has('new') ? <CreateDialog resource={resource} onClose={() => change({ new: '' })} /> : null}
    </div>
  );
}

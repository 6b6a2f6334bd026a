import { ApiProblem } from '@platform/api';
import { ListFilter, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useTranslations } from 'next-intl';
import type { Field, Resource, SavedView } from '../api/api';
import { ViewSwitch } from '../board/ViewSwitch';
import { read } from '../filters/conditions';
import { useDraft } from '../ui/useDraft';
import { ColumnsMenu } from './ColumnsMenu';
import { GroupMenu } from './GroupMenu';
import { ungrouped } from './groups';
import { differs } from './saving';
import { SortMenu } from './SortMenu';
import type { Columns } from './useColumns';
import { ViewTabs } from './ViewTabs';

// What is made with a filter or a view comes when it is looked at.
const FilterBuilder = dynamic(() => import('../filters/FilterBuilder').then((file) => file.FilterBuilder));
const SaveView = dynamic(() => import('./SaveView').then((file) => file.SaveView));
const FilterBox = dynamic(() => import('./FilterBox').then((file) => file.FilterBox));

interface Props {
  readonly resource: Resource;
  readonly view: SavedView | undefined;
  readonly search: URLSearchParams;
  readonly change: (change: Readonly<Record<string, string>>) => void;
  readonly refusal: ApiProblem | undefined;
  /** Where the filter of the address begins in the one that was asked for. */
  readonly filterAt: number;
  readonly orderBy: string;
  readonly group: Field | undefined;
  readonly as: 'table' | 'board' | 'calendar';
  readonly columns: Columns;
}

export function Toolbar({ resource, view, search, change, refusal, filterAt, orderBy, group, as, columns }: Props) {
  const t = useTranslations('records');
  const filter = search.get('filter') ?? '';
  const [open, setOpen] = useState(filter !== '');
  // What conditions cannot say is only there as text.
  const [text, setText] = useState(false);
  const byHand = text || read(filter, resource) === undefined;
  return (
    <div className="toolbar">
      <div className="tools">
        <ViewSwitch resource={resource} view={view} as={as} pipeline={search.get('pipeline') ?? ''} change={change} />
        <ViewTabs resource={resource} view={view} onView={(id) => change({ view: id, sort: '', group: '', cols: '', ...(as === 'calendar' ? { as: '', by: '', span: '', at: '' } : {}) })} />
        <SearchBox words={search.get('q') ?? ''} key={view?.id} onSearch={(q) => change({ q })} />
        <span className="grow" />
        {as !== 'board' && refusal === undefined && differs(view, search, columns.own) ? <SaveView resource={resource} search={search} columns={columns.own} onSaved={({ id }) => change({ view: id, filter: '', q: '', sort: '', group: '', cols: '', as: '', by: '' })} /> : null}
        {as !== 'table' ? null : <SortMenu resource={resource} orderBy={orderBy} onOrder={(sort) => change({ sort })} />}
        {as !== 'table' ? null : <GroupMenu resource={resource} group={group} onGroup={(path) => change({ group: path === (view?.groupField ?? '') ? '' : path || ungrouped })} />}
        {as !== 'table' ? null : <ColumnsMenu resource={resource} columns={columns} />}
        <button type="button" className="button" aria-expanded={open || filter !== ''} aria-controls="filter" onClick={() => setOpen(!open)}><ListFilter size={15} aria-hidden /><span>{t('filter')}</span>{filter === '' ? null : <span className="badge" />}</button>
      </div>
      {!open && filter === '' ? null : byHand ? (
        <FilterBox key={filter} filter={filter} refusal={refusal} at={filterAt} onBuild={read(filter, resource) === undefined ? undefined : () => setText(false)} onFilter={(next) => { change({ filter: next }); if (next === '') setOpen(false); }} />
      ) : <FilterBuilder resource={resource} filter={filter} onFilter={(next) => change({ filter: next })} onText={() => setText(true)} />}
    </div>
  );
}

/** Asks a moment after the last letter, not at each. */
function SearchBox({ words, onSearch }: { readonly words: string; readonly onSearch: (words: string) => void }) {
  const t = useTranslations('records');
  const [{ shown: text, written }, write] = useDraft(words, String);
  useEffect(() => {
    if (text === written) return undefined;
    const timer = setTimeout(() => {
      write(text, text);
      onSearch(text);
    }, 200);
    return () => clearTimeout(timer);
  });
  return (
    <label className="search">
      <Search size={15} aria-hidden />
      <input className="input" type="search" placeholder={t('search')} aria-label={t('search')} value={text} onChange={(event) => write(event.target.value)} />
    </label>
  );
}

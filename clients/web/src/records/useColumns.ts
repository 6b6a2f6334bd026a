import { useMemo, useState } from 'react';
import type { Resource, SavedView } from '../api/api';
import { cookies } from '../i18n/languages';
import { readCookie, writeCookie } from '../ui/cookies';
import { columnsAmong, columnsOf, type Column } from './columns';
import { listKey, readKept, withKept } from './kept';
import { arranged, nameColumn, readSettings, settingsOf, widthIn, writeSettings } from './layout';

export interface Columns {
  readonly shown: readonly Column[];
  /** 0 where nobody said. */
  readonly nameWidth: number;
  /** As the address or this browser has them; empty where the view or the layout decides. */
  readonly own: string;
  readonly set: (columns: readonly Column[], nameWidth?: number) => void;
  readonly reset: () => void;
}

/** The columns of a list: as its address says, else as this browser keeps them, else as the view or the layout has them. A change is in both. */
export function useColumns(resource: Resource, view: SavedView | undefined, search: URLSearchParams, change: (change: Readonly<Record<string, string>>) => void, kept: string | undefined): Columns {
  const key = listKey(resource.resource, view?.id);
  const [cookie, setCookie] = useState(() => readKept(kept));
  const text = search.get('cols') ?? cookie[key] ?? '';
  const { shown, nameWidth } = useMemo(() => {
    const settings = readSettings(text);
    const columns = arranged(columnsAmong(resource), settings);
    return { shown: columns.length > 0 ? columns : columnsOf(resource, view), nameWidth: settings.find(({ path }) => path === nameColumn)?.width ?? 0 };
  }, [resource, view, text]);
  const keep = (settings: string) => {
    const next = withKept(readKept(readCookie(cookies.columns)), key, settings);
    writeCookie(cookies.columns, JSON.stringify(next));
    setCookie(next);
    change({ cols: settings });
  };
  return {
    shown, nameWidth, own: text,
    set: (columns, width = nameWidth) => keep(writeSettings(settingsOf(columns, width === 0 ? 0 : widthIn(width)))),
    reset: () => keep(''),
  };
}

import { useEffect, useMemo, useState } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { comesInGroups, grouped, type Grouped } from './groups';

/** What is read so that it can be put in groups, where the platform does not do that. */
const mostPages = 10;

interface Rows {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isError: boolean;
  readonly isPlaceholderData: boolean;
  readonly fetchNextPage: () => unknown;
}

export interface Grouping extends Grouped {
  /** Whether more is asked for where one comes to the end of what is loaded. */
  readonly goesOn: boolean;
  /** Only the first records are in groups. */
  readonly isCut: boolean;
  readonly toggle: (key: string) => void;
}

/** The records of a list under the heads of their groups; undefined where it has none. Whoever closes a group finds it closed until they leave the list. */
export function useGroups(resource: Resource, field: Field | undefined, orderBy: string, loaded: readonly Row[], pages: number, rows: Rows): Grouping | undefined {
  const { hasNextPage, isFetchingNextPage, isError, isPlaceholderData, fetchNextPage } = rows;
  const [kept, setKept] = useState<{ readonly of: string; readonly closed: ReadonlySet<string> }>({ of: '', closed: new Set() });
  const path = field?.path ?? '';
  const closed = useMemo(() => (kept.of === path ? kept.closed : new Set<string>()), [kept, path]);
  const inOrder = field !== undefined && comesInGroups(resource, field, orderBy);
  const gathers = field !== undefined && !inOrder && hasNextPage && !isFetchingNextPage && !isError && !isPlaceholderData && pages < mostPages;
  useEffect(() => {
    if (gathers) void fetchNextPage();
  }, [gathers, fetchNextPage]);
  return useMemo(() => {
    if (field === undefined) return undefined;
    const found = grouped(loaded, field, { closed, hasMore: hasNextPage, inOrder });
    return {
      ...found, isCut: !inOrder && hasNextPage && pages >= mostPages,
      // A group that is closed would be read to its end without anything being seen of it.
      goesOn: inOrder && (found.groups.at(-1)?.open !== false || pages < mostPages),
      toggle: (key) => setKept(() => {
        const next = new Set(closed);
        if (!next.delete(key)) next.add(key);
        return { of: field.path, closed: next };
      }),
    };
  }, [field, loaded, closed, hasNextPage, inOrder, pages]);
}

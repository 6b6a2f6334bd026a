import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, type Layout, type Resource, type Row } from '../api/api';
import { useLanguage } from '../i18n/useLanguage';
import { asksRecord, layoutQuery, shownFor, type Kind } from './layouts';

/**
 * How a record looks. Where that depends on the record, the platform decides, since it knows how conditions are to be read; until it has, there is none.
 * What is being written is asked about a moment after the last letter.
 */
export function useLayoutFor(resource: Resource, kind: Kind, row: Row): Layout | undefined {
  const [[language], otherwise, asks, still] = [useLanguage(), shownFor(resource, kind), asksRecord(resource, kind), useStill(row)];
  const found = useQuery({
    ...layoutQuery(call, resource, kind, still, language),
    enabled: asks,
    placeholderData: (before: Layout | undefined, query) => ((query?.queryKey[4] as Row | undefined)?.id === still.id ? before : undefined),
  });
  return asks && !found.isError ? found.data : otherwise;
}

function useStill(row: Row): Row {
  const [still, setStill] = useState(row);
  useEffect(() => {
    const timer = setTimeout(() => setStill(row), 300);
    return () => clearTimeout(timer);
  }, [row]);
  // Another record is asked about at once.
  return still.id === row.id ? still : row;
}

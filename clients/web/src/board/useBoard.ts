import { useQuery } from '@tanstack/react-query';
import { useTimeZone } from 'next-intl';
import { call } from '../api/api';
import { useLanguage } from '../i18n/useLanguage';
import { boardQuery, type Board, type BoardWanted } from './board';

/** The board, and the key under which it is kept; the one before stands until the next one has come. */
export function useBoard(wanted: Omit<BoardWanted, 'timeZone' | 'language'>, enabled: boolean) {
  const query = boardQuery(call, { ...wanted, timeZone: useTimeZone() ?? 'UTC', language: useLanguage()[0] });
  return { ...useQuery({ ...query, enabled, placeholderData: (before: Board | undefined) => before }), queryKey: query.queryKey };
}

import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Resource } from '../api/api';
import { standsBeside, readAgain, tellsOf } from '../api/changed';
import { calm } from './calm';
import type { Watcher } from './connection';
import { isEditing } from './editing';
import { useLiveConnection } from './LiveProvider';
import { boardRoom, listRoom, recordRoom } from './rooms';

/** A long list is read again page by page: not with every change of an import. */
const listPause = 1_500;
const boardPause = 300;
const recordPause = 300;
/** What is made of hundreds of records that are read for it need not be of this moment. */
const tallyPause = 60_000;

/** The list is read again when somebody changes one of its records, but not from under a cell that is written in. */
export function useLiveList(resource: Resource, enabled: boolean): void {
  const [live, client] = [useLiveConnection(), useQueryClient()];
  const [room, name] = [listRoom(resource), resource.resource];
  useEffect(() => {
    if (!enabled || live === undefined) return undefined;
    const again = calm(() => readAgain(client, ({ queryKey }) => tellsOf(queryKey, name)), listPause, isEditing);
    const leave = live.join(room, again.ask);
    return () => {
      leave();
      again.stop();
    };
  }, [live, client, room, name, enabled]);
}

/** The same for what a dashboard shows: figures for which records are read rest longer. */
export function useLiveWidgets(resource: Resource): void {
  const [live, client] = [useLiveConnection(), useQueryClient()];
  const [room, name] = [listRoom(resource), resource.resource];
  useEffect(() => {
    if (live === undefined) return undefined;
    const isTally = (key: QueryKey): boolean => key[0] === 'rows' && key[3] === 'tally';
    const again = calm(() => readAgain(client, ({ queryKey }) => !isTally(queryKey) && tellsOf(queryKey, name)), listPause, isEditing);
    const tallies = calm(() => readAgain(client, ({ queryKey }) => isTally(queryKey) && tellsOf(queryKey, name)), tallyPause, isEditing);
    const leave = live.join(room, () => [again, tallies].forEach((entry) => entry.ask()));
    return () => {
      leave();
      again.stop();
      tallies.stop();
    };
  }, [live, client, room, name]);
}

/** The board is read again when somebody changes a deal, unless a move from here is under way, which ends with that anyway. */
export function useLiveBoard(pipeline: string | undefined, isBusy: () => boolean): void {
  const [live, client] = [useLiveConnection(), useQueryClient()];
  useEffect(() => {
    if (pipeline === undefined || live === undefined) return undefined;
    const again = calm(() => {
      if (!isBusy()) return readAgain(client, ({ queryKey }) => tellsOf(queryKey, 'deals.deal'));
      return undefined;
    }, boardPause);
    const leave = live.join(boardRoom(pipeline), again.ask);
    return () => {
      leave();
      again.stop();
    };
  }, [live, client, pipeline, isBusy]);
}

/** The page of a record is read again when somebody changes it, and what stands beside it when that is changed. */
export function useLiveRecord(resource: Resource, id: string): void {
  const [live, client] = [useLiveConnection(), useQueryClient()];
  const [room, name] = [recordRoom(resource, id), resource.resource];
  useEffect(() => {
    if (live === undefined) return undefined;
    // A change from here, and an editor that is open, end with the record being read again, or with its being refused.
    const isBusy = () => isEditing() || client.isMutating({ mutationKey: ['change', name, id] }) > 0;
    const again = calm(() => readAgain(client, ({ queryKey }) => tellsOf(queryKey, name, id)), recordPause, isBusy);
    const told = calm(() => readAgain(client, ({ queryKey }) => standsBeside(queryKey, id)), recordPause);
    const leave = live.join(room, ({ kind }) => (kind === 'timeline' ? told : again).ask());
    return () => {
      leave();
      again.stop();
      told.stop();
    };
  }, [live, client, room, name, id]);
}

/** Who looks at the same. */
export function useWatchers(room: string): readonly Watcher[] {
  const live = useLiveConnection();
  const [people, setPeople] = useState<readonly Watcher[]>([]);
  useEffect(() => live?.join(room, undefined, setPeople), [live, room]);
  return people;
}

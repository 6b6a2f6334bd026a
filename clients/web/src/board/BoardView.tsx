import type { QueryKey } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource, Row } from '../api/api';
import { may } from '../api/rights';
import { entriesOf } from '../deals/people';
import { nameOf } from '../records/values';
import { isOpen, neighbour, stageBeside, type Board, type Stage as StageOf } from './board';
import type { Move } from './moves';
import { usePipelines } from './pipelines';
import { Stage } from './Stage';
import { useMove } from './useMove';

// Asked for only where a deal is lost.
const LossDialog = dynamic(() => import('./LossDialog').then((file) => file.LossDialog));

interface Props {
  readonly resource: Resource;
  readonly board: Board;
  readonly queryKey: QueryKey;
}

/** The stages of a pipeline side by side; deals go from one to the other. */
export function BoardView({ resource, board, queryKey }: Props) {
  const [t, move, pipelines] = [useTranslations('board'), useMove(queryKey), usePipelines()];
  const [losing, setLosing] = useState<Move>();
  const movable = may(resource, 'update');

  // The card is made anew in its new stage, and has the focus there as soon as it stands in it.
  const followed = useRef<Move>(undefined);
  useEffect(() => {
    const arrived = board.stages.find((column) => column.stage.id === followed.current?.to.id)?.deals?.find((deal) => deal.id === followed.current?.deal.id);
    if (arrived === undefined) return;
    followed.current = undefined;
    focusOn(arrived.id);
  }, [board]);
  const go = (wanted: Move) => {
    followed.current = wanted;
    move(wanted);
  };
  const bring = (id: string, to: StageOf) => {
    const column = board.stages.find((entry) => entry.deals?.some((deal) => deal.id === id));
    const deal = column?.deals?.find((entry) => entry.id === id);
    if (column === undefined || deal === undefined || column.stage.id === to.id) return;
    const wanted = { deal, from: column.stage, to };
    if (to.kind === 'STAGE_KIND_LOST') setLosing(wanted);
    else go(wanted);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, deal: Row) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = event.altKey ? undefined : neighbour(board, deal.id, event.key);
    if (next !== undefined) focusOn(next);
    const beside = event.altKey && movable && isOpen(deal) && /Left|Right/.test(event.key) ? stageBeside(board, deal.id, event.key === 'ArrowLeft' ? -1 : 1) : undefined;
    if (beside !== undefined) bring(deal.id, beside);
  };
  return (
    <div className="board" role="region" aria-label={board.pipelineName} tabIndex={0}>
      <p className="unseen">{t('keys')}</p>
      {board.stages.map((column) => <Stage key={column.stage.id} resource={resource} column={column} movable={movable} onDrop={(id) => bring(id, column.stage)} onKey={onKey} />)}
      {losing === undefined ? null : (
        <LossDialog name={nameOf(losing.deal)} competitors={entriesOf(losing.deal, 'competitors')} pipeline={pipelines.find((entry) => entry.id === board.pipelineId)} onClose={() => setLosing(undefined)}
          onLose={(why) => { setLosing(undefined); go({ ...losing, ...why }); }} />
      )}
    </div>
  );
}

const focusOn = (id: string): void => document.getElementById(`card-${id}`)?.focus();

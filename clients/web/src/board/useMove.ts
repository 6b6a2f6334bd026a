import { ApiProblem } from '@platform/api';
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { call, type Row } from '../api/api';
import { changed } from '../api/changed';
import { nameOf } from '../records/values';
import { useNotice } from '../ui/Notice';
import { isOver, moved, type Board } from './board';
import { createMoves, NotSent, type Move } from './moves';

const send = ({ deal, to, lossReasonId, reason, wonByCompetitorId }: Move, etag: string | undefined) =>
  call<Row>('POST', `/api/v1/deals/${deal.id}:move`, { body: { stageId: to.id, etag, lossReasonId, reason, wonByCompetitorId } });

const queue = createMoves(send);

/** Whether moves from here are on their way. */
export const isMoving = (): boolean => queue.busy();

const show = (client: QueryClient, key: QueryKey, deal: string, stage: string) =>
  client.setQueryData<Board>(key, (board) => (board === undefined ? undefined : moved(board, deal, stage)));

/** Shows a deal in its new stage at once, and takes it back where the platform refuses the move. What is said of it outlives the board. */
export function useMove(key: QueryKey) {
  const [client, tell, t] = [useQueryClient(), useNotice(), useTranslations('board')];
  const move = async (wanted: Move): Promise<void> => {
    const { deal, from, to } = wanted;
    // Before anything that waits: the next key press finds the card where it is shown.
    show(client, key, deal.id, to.id);
    void client.cancelQueries({ queryKey: key });
    try {
      const now = await queue.move(wanted);
      const back = isOver(to) ? undefined : { label: t('undo'), run: () => void move({ deal: now, from: to, to: from }) };
      tell({ text: t('moved', { name: nameOf(deal), stage: to.name }), action: back });
    } catch (fault) {
      // The card is back where it was before the move that was refused, which has told why.
      if (fault instanceof NotSent) return;
      show(client, key, deal.id, from.id);
      const problem = fault instanceof ApiProblem ? fault : undefined;
      tell({ text: problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.message ?? t('notMoved')), bad: true });
    }
    if (!queue.busy()) await changed(client, 'deals.deal');
  };
  return (wanted: Move) => void move(wanted);
}

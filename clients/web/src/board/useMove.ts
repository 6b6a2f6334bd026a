import { ApiProblem } from '@platform/api';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { call, type Row } from '../api/api';
import { nameOf } from '../records/values';
import { useNotice } from '../ui/Notice';
import { isOver, moved, type Board, type Stage } from './board';

export interface Move {
  readonly deal: Row;
  readonly from: Stage;
  readonly to: Stage;
  readonly lossReasonId?: string;
  readonly reason?: string;
}

/** Shows a deal in its new stage at once, and takes it back where the platform refuses the move. */
export function useMove(key: QueryKey) {
  const [client, tell, t] = [useQueryClient(), useNotice(), useTranslations('board')];
  const { mutate } = useMutation({
    scope: { id: 'board' },
    mutationFn: ({ deal, to, lossReasonId, reason }: Move) =>
      call<Row>('POST', `/api/v1/deals/${deal.id}:move`, { body: { stageId: to.id, etag: deal.etag, lossReasonId, reason } }),
    onMutate: async ({ deal, to }: Move) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Board>(key);
      if (before !== undefined) client.setQueryData(key, moved(before, deal.id, to.id));
      return before;
    },
    onError: (fault, _move, before) => {
      client.setQueryData(key, before);
      const problem = fault instanceof ApiProblem ? fault : undefined;
      tell({ text: problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.message ?? t('notMoved')), bad: true });
    },
    onSuccess: (deal, { from, to }) => {
      const back = isOver(to) ? undefined : { label: t('undo'), run: () => mutate({ deal, from: to, to: from }) };
      tell({ text: t('moved', { name: nameOf(deal), stage: to.name }), action: back });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['board'] });
      void client.invalidateQueries({ queryKey: ['rows', 'deals.deal'] });
    },
  });
  return mutate;
}

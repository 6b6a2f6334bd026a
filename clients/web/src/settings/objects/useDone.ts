import { useMutation, useQueryClient } from '@tanstack/react-query';
import { saidOf } from '../../api/told';
import { useNotice } from '../../ui/Notice';
import { redrawn } from './metadata';

/** Something that is done with what is designed: told of when it is, and why where it is not. */
export function useDone(work: () => Promise<unknown>, text: string, then?: () => void) {
  const [client, tell] = [useQueryClient(), useNotice()];
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      then?.();
      tell({ text });
      await redrawn(client);
    },
    onError: (fault) => tell({ text: saidOf(fault), bad: true }),
  });
}

import { useQuery } from '@tanstack/react-query';
import { call } from '../api/api';
import type { Stage } from './board';

export interface LossReason {
  readonly id: string;
  readonly name: string;
  readonly archived?: boolean;
}

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly stages?: readonly Stage[];
  readonly isDefault?: boolean;
  readonly lossReasons?: readonly LossReason[];
  readonly requiresLossReason?: boolean;
}

/** The company's pipelines, the one of new deals first; none where the caller may not list them. */
export function usePipelines(): readonly Pipeline[] {
  const { data } = useQuery({
    queryKey: ['pipelines'],
    queryFn: async () => (await call<{ pipelines: Pipeline[] }>('GET', '/api/v1/pipelines', { query: { pageSize: 100 } })).pipelines ?? [],
    staleTime: 60_000,
    retry: false,
  });
  return (data ?? []).toSorted((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false));
}

import { useQuery } from '@tanstack/react-query';
import { call } from '../api/api';
import { pipelinesQuery, type Pipeline } from './board';

/** The company's pipelines, the one of new deals first; none where the caller may not list them. */
export function usePipelines(): readonly Pipeline[] {
  const { data } = useQuery(pipelinesQuery(call));
  return (data ?? []).toSorted((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false));
}

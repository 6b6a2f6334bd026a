import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './api';

export interface Team {
  readonly id: string;
  readonly name: string;
}

export const teamsQuery = queryOptions({
  queryKey: ['settings', 'teams'],
  queryFn: async () => (await call<{ teams?: Team[] }>('GET', '/api/v1/tenants/current/teams', { query: { pageSize: 200 } })).teams ?? [],
  staleTime: 60_000,
  retry: false,
});

/** The teams of the company; none where the caller may not list them, undefined until that is known. */
export function useTeams(): readonly Team[] | undefined {
  const { data, isError } = useQuery(teamsQuery);
  return data ?? (isError ? [] : undefined);
}

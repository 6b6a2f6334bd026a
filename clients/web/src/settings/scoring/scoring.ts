import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call } from '../../api/api';

export interface ScoringRule {
  readonly name: string;
  readonly filter: string;
  readonly points: number;
}

/** By which rules leads get their score; numbers of leads are texts, as the platform writes large ones. */
export interface Scoring {
  readonly etag: string;
  readonly rules: readonly ScoringRule[];
  readonly timeZone: string;
  readonly pending?: boolean;
  readonly done?: string;
  readonly total?: string;
}

/** Why a lead has its score. */
export interface Explanation {
  readonly score?: number;
  readonly parts: readonly { readonly rule: string; readonly points: number }[];
  readonly partial?: boolean;
}

const path = '/api/v1/contacts/lead-scoring';
const soon = 2000;

/** While scores are computed it is asked again how far they are. */
export const scoringQuery = queryOptions({ queryKey: ['settings', 'scoring'], queryFn: () => call<Scoring>('GET', path), retry: false, refetchInterval: ({ state }) => (state.data?.pending === true ? soon : false) });

export const keepScoring = ({ etag, rules, timeZone }: Scoring) => call<Scoring>('PUT', path, { body: { etag, rules, timeZone } });

/** Whatever shows scores asks for them anew. */
export const rescored = (client: QueryClient) => Promise.all(['rows', 'row', 'score'].map((key) => client.invalidateQueries({ queryKey: [key] })));

/** It belongs to what the lead is: another version of it may have another score. */
export const explanationQuery = (id: string, etag: string | undefined) =>
  queryOptions({ queryKey: ['score', id, etag], queryFn: ({ signal }) => call<Explanation>('GET', `/api/v1/contacts/leads/${encodeURIComponent(id)}/score`, { signal }), retry: false });

/** Points as they are written: a sign says that they are added or taken. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0');

/** What is written into the box for points; nothing that is no whole number. */
export const pointsOf = (text: string): number => (/^[-−]?\d{1,3}$/.test(text.trim()) ? Number(text.trim().replace('−', '-')) : 0);

/** What stands at a rule, of what the platform refused. */
export const ruleFault = (faults: ReadonlyMap<string, string>, at: number, part: string): string | undefined => faults.get(`rules[${at}].${part}`);

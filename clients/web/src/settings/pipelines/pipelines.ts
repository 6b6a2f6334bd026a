import { queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../../api/api';
import type { Board } from '../../board/board';

type Schemas = components['schemas'];
export type Pipeline = Schemas['pipelines.Pipeline'];
export type Stage = Schemas['pipelines.Stage'];
export type LossReason = Schemas['pipelines.LossReason'];
export type Requirement = Schemas['pipelines.ActivityRequirement'];
export type Kind = 'OPEN' | 'WON' | 'LOST';

const path = '/api/v1/pipelines';

export const pipelinesQuery = queryOptions({ queryKey: ['settings', 'pipelines'], queryFn: async () => (await call<{ pipelines?: Pipeline[] }>('GET', path, { query: { pageSize: 200, showArchived: true } })).pipelines ?? [], retry: false });
export const pipelineQuery = (id: string) => queryOptions({ queryKey: ['settings', 'pipelines', id], queryFn: () => call<Pipeline>('GET', `${path}/${id}`), retry: false });

export const createPipeline = (name: string) => call<Pipeline>('POST', path, { body: { name } });
export const doWith = ({ id }: Pipeline, what: 'promote' | 'archive' | 'unarchive') => call<Pipeline>('POST', `${path}/${id}:${what}`, { body: {} });
export const updatePipeline = ({ id, etag }: Pipeline, { name, stages, lossReasons, requiresLossReason }: Draft) =>
  call<Pipeline>('PATCH', `${path}/${id}`, { query: { updateMask: 'name,stages,lossReasons,requiresLossReason' }, body: { etag, name, stages, lossReasons, requiresLossReason } });

/** How many deals are in each stage of the pipeline that the caller sees. */
export const countsQuery = (id: string) =>
  queryOptions({
    queryKey: ['board', 'counts', id],
    queryFn: async () => new Map((await call<Board>('GET', '/api/v1/deals:board', { query: { pipelineId: id, pageSize: 1 } })).stages.map(({ stage, dealCount }) => [stage.id, dealCount ?? 0] as const)),
    retry: false,
  });

/** Brings all deals of a stage into another one, one after the other. @returns How many came, and why the others did not. */
export async function moveDeals(from: string, to: string): Promise<{ readonly moved: number; readonly refused: readonly string[] }> {
  let [moved, pageToken]: [number, string] = [0, ''];
  const [refused, ids]: [string[], string[]] = [[], []];
  do {
    const page = await call<{ deals?: { id: string }[]; nextPageToken?: string }>('GET', '/api/v1/deals', { query: { filter: `stage_id = "${from}"`, pageSize: 200, pageToken: pageToken || undefined } });
    ids.push(...(page.deals ?? []).map(({ id }) => id));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken !== '');
  for (const id of ids)
    try {
      await call('POST', `/api/v1/deals/${id}:move`, { body: { stageId: to } });
      moved++;
    } catch (fault) {
      refused.push(fault instanceof Error ? fault.message : '');
    }
  return { moved, refused };
}

/** A pipeline as it is being written. */
export interface Draft {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly lossReasons: readonly LossReason[];
  readonly requiresLossReason: boolean;
}

export const draftOf = ({ name, stages, lossReasons, requiresLossReason }: Pipeline): Draft => ({ name, stages: stages.filter((stage) => !stage.archived), lossReasons: lossReasons.filter((reason) => !reason.archived), requiresLossReason });

/** What is being written, and the pipeline as it was when that began. */
export interface Written {
  readonly base: Pipeline;
  readonly draft: Draft;
}

export const begunWith = (base: Pipeline): Written => ({ base, draft: draftOf(base) });
export const isDirty = ({ base, draft }: Written): boolean => JSON.stringify(draft) !== JSON.stringify(draftOf(base));

/**
 * What is being written when the pipeline is another one by now. Where nothing was written, it begins anew; where what can be written is as it was, so that it
 * is only the default one now or archived, it goes on; else it stays what it is, and saving it finds out what was changed meanwhile.
 */
export function goingOn(written: Written, now: Pipeline): Written {
  if (now.etag === written.base.etag) return written;
  if (!isDirty(written)) return begunWith(now);
  return JSON.stringify(draftOf(now)) === JSON.stringify(draftOf(written.base)) ? { ...written, base: now } : written;
}

export const kindOfStage = ({ kind }: Pick<Stage, 'kind'>): Kind => (kind === 'STAGE_KIND_WON' ? 'WON' : kind === 'STAGE_KIND_LOST' ? 'LOST' : 'OPEN');

/** A stage that is about to be named, as likely as those beside it. */
export const newStage = (stages: readonly Stage[]): Stage => ({
  id: '', name: '', kind: 'STAGE_KIND_OPEN', probability: stages.filter((stage) => kindOfStage(stage) === 'OPEN').at(-1)?.probability ?? 50, forecastCategory: 'FORECAST_CATEGORY_PIPELINE', rottingDays: 0,
  requiredFields: [], archived: false, requiredActivities: [], exitFields: [], exitActivities: [],
});

/** New stages stand before those that end a deal. */
export function withNew(stages: readonly Stage[]): readonly Stage[] {
  const at = stages.findIndex((stage) => kindOfStage(stage) !== 'OPEN');
  return at < 0 ? [...stages, newStage(stages)] : [...stages.slice(0, at), newStage(stages), ...stages.slice(at)];
}

export const swapped = <T>(list: readonly T[], at: number, other: number): readonly T[] => list.map((entry, index) => (index === at ? list[other]! : index === other ? list[at]! : entry));

/** The stages of before that are left out, in which deals may still be. */
export const removed = (before: Pipeline, now: Draft): readonly Stage[] => before.stages.filter((stage) => !stage.archived && !now.stages.some((entry) => entry.id === stage.id));

/** The last of a kind stays: a deal has to be able to be open, won and lost. */
export const mayGo = (stages: readonly Stage[], stage: Stage): boolean => stages.filter((entry) => kindOfStage(entry) === kindOfStage(stage)).length > 1;

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../api/api';
import { jobPlaces } from './kinds';

type Schemas = components['schemas'];
export type Job = Schemas['bulk.BulkJob'];
export type JobItem = Schemas['bulk.BulkJobItem'];
export type Outcome = Schemas['bulk.BulkOutcome'];

/** A job, and below which address it is. */
export interface Placed {
  readonly path: string;
  readonly job: Job;
}

const underWay: ReadonlySet<string> = new Set(['BULK_STATE_QUEUED', 'BULK_STATE_RUNNING', 'BULK_STATE_UNDOING']);
const pause = 800;

export const isUnderWay = ({ state }: Job): boolean => underWay.has(state);
const count = (value: number | string | undefined): number => Number(value ?? 0);

/** How far it is: of the records that are looked at, or that are put back. */
export function progressOf({ state, total, done, failed, skipped, undo }: Job): { readonly of: number; readonly is: number } {
  return state === 'BULK_STATE_UNDOING' ? { of: count(undo?.total), is: count(undo?.restored) + count(undo?.kept) } : { of: count(total), is: count(done) + count(failed) + count(skipped) };
}

export const countsOf = ({ total, done, failed, skipped, undo }: Job) => ({
  total: count(total), done: count(done), failed: count(failed), skipped: count(skipped), restored: count(undo?.restored), kept: count(undo?.kept),
});

/** Whether something of it can be taken back now: also once more, where something was kept. */
export function isUndoable(job: Job, now: Date): boolean {
  const { done, kept } = countsOf(job);
  return !isUnderWay(job) && job.undoTimeLimit !== undefined && new Date(job.undoTimeLimit) > now && (job.state === 'BULK_STATE_UNDONE' ? kept > 0 : done > 0);
}

/** Whether its file can be fetched by somebody: by whoever began it, for a day. */
export const hasFile = ({ file, startedBy }: Job, me: string, now: Date): boolean =>
  file !== undefined && startedBy === me && (file.expireTime === undefined || new Date(file.expireTime) > now);

export const fileAddress = ({ path, job }: Placed): string => `${path}/${job.id}/file`;

/** How a job stands; asked again and again while it is under way. */
export const jobQuery = ({ path, job }: Placed) =>
  queryOptions({
    queryKey: ['bulk-job', path, job.id],
    queryFn: ({ signal }) => call<Job>('GET', `${path}/${job.id}`, { signal }),
    initialData: job,
    // What it began with is old at once.
    initialDataUpdatedAt: 0,
    refetchInterval: (query) => (query.state.data === undefined || isUnderWay(query.state.data) ? pause : false),
  });

export const stopJob = ({ path, job }: Placed) => call<Job>('POST', `${path}/${job.id}:cancel`, { body: {} });
export const undoJob = ({ path, job }: Placed) => call<Job>('POST', `${path}/${job.id}:undo`, { body: {} });

interface Items {
  readonly items?: readonly JobItem[];
  readonly nextPageToken?: string;
}

/** What became of each record. */
export const itemsQuery = ({ path, job }: Placed, outcome: Outcome | '') =>
  infiniteQueryOptions({
    queryKey: ['bulk-items', path, job.id, job.state, outcome],
    queryFn: ({ pageParam, signal }) => call<Items>('GET', `${path}/${job.id}/items`, { query: { pageSize: 100, pageToken: pageParam || undefined, outcome: outcome || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    retry: false,
  });

type Tokens = Readonly<Record<string, string>>;
interface Page {
  readonly jobs: readonly Placed[];
  readonly next: Tokens;
}

/** The jobs of all services that tell them to the caller, those of each newest first. */
export const jobsQuery = (permissions: readonly string[]) => {
  const places = jobPlaces.filter(({ permission }) => permissions.includes(permission)).map(({ path }) => path);
  return infiniteQueryOptions({
    queryKey: ['bulk-jobs', places],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const asked = places.filter((path) => pageParam[path] !== undefined);
      const answers = await Promise.all(asked.map((path) => call<{ bulkJobs?: Job[]; nextPageToken?: string }>('GET', path, { query: { pageSize: 30, pageToken: pageParam[path] || undefined }, signal })));
      const next = answers.flatMap(({ nextPageToken }, at) => (nextPageToken ? [[asked[at]!, nextPageToken] as const] : []));
      return { jobs: answers.flatMap(({ bulkJobs }, at) => (bulkJobs ?? []).map((job) => ({ path: asked[at]!, job }))), next: Object.fromEntries(next) };
    },
    initialPageParam: Object.fromEntries(places.map((path) => [path, ''])) as Tokens,
    getNextPageParam: ({ next }) => (Object.keys(next).length === 0 ? undefined : next),
    refetchInterval: (query) => (query.state.data?.pages.some(({ jobs }) => jobs.some(({ job }) => isUnderWay(job))) ? 2 * pause : false),
    retry: false,
  });
};

export const newestFirst = (jobs: readonly Placed[]): Placed[] => jobs.toSorted((a, b) => ((a.job.createTime ?? '') < (b.job.createTime ?? '') ? 1 : -1));

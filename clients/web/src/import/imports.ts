import { queryOptions } from '@tanstack/react-query';
import type { Call } from '../api/api';

export interface KeptRecord {
  /** Absent where all are of the kind of the import. */
  readonly resource?: string;
  readonly id: string;
  readonly reason: string;
}

/** A file that was imported, and how far it is taken back. Counts are whole numbers as text. */
export interface Import {
  readonly id: string;
  readonly target?: string;
  /** The kind of record of an import into an object. */
  readonly resource?: string;
  readonly state: string;
  readonly recordsCreated?: string;
  readonly recordsUpdated?: string;
  readonly importedBy?: string;
  readonly createTime?: string;
  readonly undoTimeLimit?: string;
  readonly undo?: { readonly done?: string; readonly total?: string; readonly deleted?: string; readonly restored?: string; readonly kept?: string; readonly keptRecords?: readonly KeptRecord[] };
}

/** Where imports of contacts are; those into an object are below the object. */
export const contactsImports = '/api/v1/contacts/imports';

export const importsQuery = (call: Call) =>
  queryOptions({ queryKey: ['imports'], queryFn: async () => (await call<{ imports?: Import[] }>('GET', contactsImports, { query: { pageSize: 20 } })).imports ?? [], retry: false });

/** Asked for again and again as long as it is being taken back. */
export const importQuery = (call: Call, id: string, path: string = contactsImports) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => call<Import>('GET', `${path}/${id}`),
    refetchInterval: (query) => (query.state.data?.state === 'IMPORT_STATE_UNDOING' ? 1000 : false),
    retry: false,
  });

export const undoImport = (call: Call, id: string, path: string = contactsImports) => call<Import>('POST', `${path}/${id}:undo`, { body: {} });

/** Whether it was taken back while somebody looked on: not where it had been before. */
export const isJustUndone = (before: string | undefined, now: string | undefined): boolean =>
  before !== undefined && before !== 'IMPORT_STATE_UNDONE' && now === 'IMPORT_STATE_UNDONE';

/** Whether it can still be taken back: it has ended, brought something, and the time is not over. */
export const isUndoable = ({ state, recordsCreated, recordsUpdated, undoTimeLimit }: Import, now: Date): boolean =>
  state === 'IMPORT_STATE_DONE' && Number(recordsCreated ?? 0) + Number(recordsUpdated ?? 0) > 0 && undoTimeLimit !== undefined && Date.parse(undoTimeLimit) > now.getTime();

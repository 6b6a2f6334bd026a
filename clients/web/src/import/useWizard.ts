import { ApiProblem } from '@platform/api';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef } from 'react';
import { changed } from '../api/changed';
import { headOf, withBeginning, type Head } from './head';
import { importFile, isWorkbook, typeOf, type Beginning, type Outcome, type Wanted } from './run';
import type { Target } from './targets';

export const steps = ['file', 'columns', 'check', 'run'] as const;
export type Step = (typeof steps)[number];

interface State {
  readonly step: Step;
  readonly target: Target | undefined;
  readonly file: File | undefined;
  readonly head: Head | undefined;
  /** Headers that mean nothing to the platform; undefined until it was asked, and where it could not tell. */
  readonly ignored: readonly string[] | undefined;
  readonly columns: ReadonlyMap<string, string>;
  readonly duplicates: string;
  readonly match: string;
  readonly progress: { readonly rows: number; readonly bytes: number } | undefined;
  readonly outcome: Outcome | undefined;
  readonly problem: string | undefined;
  readonly stopped: boolean;
}

const begin: State = {
  step: 'file', target: undefined, file: undefined, head: undefined, ignored: undefined, columns: new Map(), duplicates: '', match: '', progress: undefined, outcome: undefined, problem: undefined, stopped: false,
};

const saidOf = (fault: unknown): string => (fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : '');

/** The way of a file into the company: chosen, understood, tried, written. */
export function useWizard(guessed: (head: Head, target: Target) => ReadonlyMap<string, string>) {
  const [state, change] = useReducer((now: State, next: Partial<State>): State => ({ ...now, ...next }), begin);
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const busy = state.progress !== undefined;
  useEffect(() => {
    // Who leaves stops it in the middle.
    if (!busy) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [busy]);

  const send = async (wanted: Omit<Wanted, 'target' | 'type' | 'file'> & { readonly file?: Blob }, { target, file }: { target: Target; file: File }, header?: (beginning: Beginning) => void) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    change({ progress: { rows: 0, bytes: 0 }, problem: undefined, stopped: false });
    try {
      return await importFile({ ...wanted, target, file: wanted.file ?? file, type: typeOf(file.name) }, { progress: (rows, bytes) => change({ progress: { rows, bytes } }), header }, control.signal);
    } catch (fault) {
      if (running.current === control) change(control.signal.aborted ? { stopped: true } : { problem: saidOf(fault) });
      return undefined;
    } finally {
      // What has begun since has a progress of its own.
      if (running.current === control) change({ progress: undefined });
    }
  };

  const settings = { columns: state.columns, duplicates: state.duplicates, match: state.match };
  return {
    state, change, busy,
    async choose(target: Target, file: File) {
      const head = await headOf(file);
      const columns = guessed(head, target);
      change({ ...begin, step: 'columns', target, file, head, columns });
      let meant = columns;
      const hear = (beginning: Beginning) => {
        const known = withBeginning(head, beginning);
        meant = guessed(known, target);
        change({ head: known, columns: meant });
      };
      // The beginning of a text is enough to hear what its header means; a workbook is only understood whole.
      const tried = await send({ columns, duplicates: '', match: '', dryRun: true, ...(isWorkbook(file.name) ? { header: true } : { file: head.blob }) }, { target, file }, hear);
      // What is guessed may be what was missing.
      change({ ignored: tried?.summary.ignoredColumns, ...(meant !== columns && meant.size > 0 ? { problem: undefined } : {}) });
    },
    async check() {
      if (state.target === undefined || state.file === undefined) return;
      change({ step: 'check', outcome: undefined });
      const outcome = await send({ ...settings, dryRun: true }, { target: state.target, file: state.file });
      // What could not be told of the columns when the file was chosen may be told now.
      change({ outcome, ignored: state.ignored ?? outcome?.summary.ignoredColumns });
    },
    async run() {
      if (state.target === undefined || state.file === undefined) return;
      change({ step: 'run', outcome: undefined });
      const { resource } = state.target;
      change({ outcome: await send({ ...settings, dryRun: false }, { target: state.target, file: state.file }) });
      await Promise.all([client.invalidateQueries({ queryKey: ['imports'] }), ...[resource, 'contacts.company'].map((name) => changed(client, name))]);
    },
    stop: () => running.current?.abort(),
    back: (step: Step) => change({ step, outcome: undefined, problem: undefined }),
    again: () => change(begin),
  };
}

export type Wizard = ReturnType<typeof useWizard>;

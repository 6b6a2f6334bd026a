import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type ComponentType, type FormEvent } from 'react';
import { call, type Resource, type Row } from '../api/api';
import type { Column } from '../records/columns';
import { AssignForm } from './AssignForm';
import { DeleteForm } from './DeleteForm';
import { ExportForm } from './ExportForm';
import type { Job } from './jobs';
import { useBegun } from './JobsProvider';
import type { Act, Kind } from './kinds';
import { MergeForm } from './MergeForm';
import { faultOf, whichOf, type Chosen } from './order';
import { AddTagsForm, RemoveTagsForm } from './TagsForm';
import { UpdateForm } from './UpdateForm';

export interface FormProps {
  readonly id: string;
  readonly resource: Resource;
  readonly kind: Kind;
  /** Those that are chosen and loaded. */
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** What is to be done, as far as it is known; undefined where something is missing. */
  readonly onOrder: (order: Record<string, unknown> | undefined) => void;
}

interface Props extends Pick<FormProps, 'resource' | 'kind' | 'rows' | 'columns'> {
  readonly act: Act;
  readonly chosen: Chosen;
  /** More than what is loaded. */
  readonly beyond: boolean;
  readonly onClose: () => void;
  readonly onBegun: () => void;
}

const forms: Readonly<Record<Act, { readonly Form: ComponentType<FormProps>; readonly places: readonly string[]; readonly begins?: Record<string, unknown> }>> = {
  update: { Form: UpdateForm, places: ['update'] },
  assign: { Form: AssignForm, places: ['assign'] },
  addTags: { Form: AddTagsForm, places: ['addTags'] },
  removeTags: { Form: RemoveTagsForm, places: ['removeTags'] },
  merge: { Form: MergeForm, places: ['merge'] },
  export: { Form: ExportForm, places: ['export'], begins: { export: { format: 'csv' } } },
  delete: { Form: DeleteForm, places: [], begins: { delete: {} } },
};

/** Says what is to be done with many records, and begins it. What is wrong with it as a whole is said here; the rest by the job. */
export function BulkDialog({ act, chosen, beyond, onClose, onBegun, ...about }: Props) {
  const [t, id, client, begun] = [useTranslations('bulk'), useId(), useQueryClient(), useBegun()];
  const { Form, places, begins } = forms[act];
  const [order, setOrder] = useState<Record<string, unknown> | undefined>(begins);
  const begin = useMutation({
    mutationFn: (what: Record<string, unknown>) => call<Job>('POST', about.kind.path, { body: { ...whichOf(chosen), ...what } }),
    onSuccess: (job) => {
      begun({ path: about.kind.jobs, job });
      void client.invalidateQueries({ queryKey: ['bulk-jobs'] });
      onBegun();
    },
  });
  const errors = begin.error instanceof ApiProblem ? begin.error.errors : [];
  const unplaced = begin.isError && faultOf(errors, ...places) === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (order !== undefined) begin.mutate(order);
  };
  return (
    <Dialog open onClose={begin.isPending ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t(`acts.${act}`)}</h2><button type="button" className="icon-button" aria-label={t('cancel')} disabled={begin.isPending} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields one">
          <p className="dim">{beyond ? t('meansAll', { label: about.resource.pluralLabel }) : t('means', { count: about.rows.length })}</p>
          <Form {...about} id={id} errors={errors} onOrder={setOrder} />
          {unplaced ? <p className="fault" role="alert">{errors[0]?.message ?? begin.error.message}</p> : null}
        </div>
        <footer>
          <button type="button" className="button ghost" disabled={begin.isPending} onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className={`button primary${act === 'delete' ? ' danger' : ''}`} disabled={order === undefined || begin.isPending}>{t(`begin.${act}`)}</button>
        </footer>
      </form>
    </Dialog>
  );
}

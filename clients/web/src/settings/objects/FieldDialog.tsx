import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Resource } from '../../api/api';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { FieldBasics } from './FieldBasics';
import { FieldMark } from './FieldMark';
import { FieldRules } from './FieldRules';
import { FieldShape } from './FieldShape';
import { changesOf, faultsOf, keyOf, lastPosition, nameOfType, type FieldDef, type FieldDraft, type FieldType } from './fields';
import { createField, redrawn, updateField } from './metadata';
import { TypeChooser } from './TypeChooser';

interface Props {
  readonly resource: Resource;
  /** Those of the resource that are in use. */
  readonly fields: readonly FieldDef[];
  /** None for a new one. */
  readonly field: FieldDef | undefined;
  readonly onClose: () => void;
}

/** What the parts of the form know and do. */
export interface PartProps {
  readonly id: string;
  readonly resource: Resource;
  readonly draft: FieldDraft;
  readonly faults: ReadonlyMap<string, string>;
  readonly change: (parts: Partial<FieldDraft>) => void;
}

// Of what a refusal names, what stands somewhere in the form.
const placed = /^(label|labelTranslations|key|help|helpTranslations|section|required|unique|searchable|defaultValue|minimum|maximum|minimumLength|maximumLength|pattern|decimals|choices|dictionary|relatedResource|onDelete|numberPattern|formula|rollUp|visibleWhen)\b/;

/** A field of the company's own: first of which type, then everything that can be said of it. */
export function FieldDialog({ resource, fields, field, onClose }: Props) {
  const [t, id, tell, client, here] = [useTranslations('designer'), useId(), useNotice(), useQueryClient(), useHere()];
  const [draft, setDraft] = useState<FieldDraft | undefined>(field);
  const key = draft?.key ?? keyOf(draft?.label ?? '');
  const save = useMutation({
    mutationFn: (written: FieldDraft) => {
      if (field === undefined) return createField({ ...written, key, resource: resource.resource, position: lastPosition(fields, written.section ?? '') });
      const parts = changesOf(field, written);
      return parts.length === 0 ? Promise.resolve(field) : updateField(field.id, field.etag, parts, written);
    },
    onSuccess: async (saved) => {
      await redrawn(client);
      tell({ text: t(field === undefined ? 'fieldMade' : 'fieldSaved', { name: saved.label }) });
      if (here.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'field');
  const unplaced = save.isError && ![...faults.keys()].some((part) => placed.test(part));
  const choose = (type: FieldType) => setDraft({ label: '', ...(field ?? {}), ...beginning(type), type });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft !== undefined) save.mutate(draft);
  };
  const parts: Omit<PartProps, 'draft'> = { id, resource, faults, change: (changed) => setDraft((now) => (now === undefined ? now : { ...now, ...changed })) };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header>
          <h2 id={`${id}-title`} className="with-mark">{draft === undefined ? null : <FieldMark name={nameOfType(draft.type)} />}{field === undefined ? t('newField') : t('changeField', { name: field.label })}</h2>
          <button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button>
        </header>
        {draft === undefined ? <TypeChooser resource={resource} onChoose={choose} /> : (
          <div className="form-scroll">
            <p className="form-lead"><b>{t(`kinds.${nameOfType(draft.type)}`)}</b> — {t(`about.${nameOfType(draft.type)}`)} {field === undefined ? <button type="button" className="quiet" onClick={() => setDraft(undefined)}>{t('otherType')}</button> : null}</p>
            <FieldBasics {...parts} draft={draft} keyNow={key} fields={fields} isNew={field === undefined} />
            <FieldShape {...parts} draft={draft} isNew={field === undefined} />
            <FieldRules {...parts} draft={draft} />
          </div>
        )}
        {unplaced ? <p className="fault" role="alert">{problem?.errors[0]?.message ?? save.error?.message}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          {draft === undefined ? null : <button type="submit" className="button primary" disabled={save.isPending}>{field === undefined ? t('make') : t('save')}</button>}
        </footer>
      </form>
    </Dialog>
  );
}

/** With what a field of the type begins. */
function beginning(type: FieldType): Partial<FieldDraft> {
  const name = nameOfType(type);
  if (name === 'SINGLE_CHOICE' || name === 'MULTIPLE_CHOICE') return { choices: [] };
  if (name === 'AUTO_NUMBER') return { numberPattern: 'N-{00000}' };
  if (name === 'ROLL_UP') return { rollUp: { resource: '', relation: '', function: 'ROLL_UP_FUNCTION_COUNT', value: '', filter: '', inCompanyCurrency: false } };
  return {};
}

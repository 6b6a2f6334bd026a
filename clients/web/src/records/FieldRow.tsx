import { ApiProblem } from '@platform/api';
import { Lock } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'next-intl';
import type { Field, Resource, Row } from '../api/api';
import { mayChange } from '../api/rights';
import { faultsOf, wholeOf, type Fault } from '../fields/faults';
import { kindOf } from '../fields/registry';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { useChange, useReload } from './records';
import { isEditable, isEmpty, valueAt } from './values';

interface Props {
  readonly resource: Resource;
  readonly row: Row;
  readonly field: Field;
  readonly readOnly: boolean;
}

/** A field of a record: its value, and its editor from a click or Enter until Enter, Escape or the next place. */
export function FieldRow({ resource, row, field, readOnly }: Props) {
  const t = useTranslations('records');
  const [kind, value, id] = [kindOf(field), valueAt(row, field.jsonPath), useId()];
  const edit = useEdit(resource, row, field);
  const whole = wholeOf(edit.faults, kind.placed ?? false);
  const editable = kind.Editor !== undefined && !readOnly && isEditable(field) && mayChange(resource);
  const shown = isEmpty(value) ? <span className="nothing">{editable ? t('empty') : '—'}</span> : <kind.Cell resource={resource} field={field} value={value} row={row} />;
  return (
    <div className="field">
      <dt id={`${id}-label`}>
        <span title={field.definition?.help || undefined}>{field.label}</span>
        {field.outputOnly || (field.access === 'full' && !readOnly) ? null : <Lock size={11} aria-label={field.access === 'masked' ? t('masked') : t('readOnly')} />}
      </dt>
      <dd>
        {edit.draft !== undefined && kind.Editor !== undefined ? (
          <div className="editing" onKeyDown={(event) => edit.onKey(event, kind.manyLines ?? false)} onBlur={edit.onLeave}>
            <label className="unseen" htmlFor={id}>{field.label}</label>
            <kind.Editor id={id} resource={resource} field={field} value={edit.draft.value} row={row} onChange={edit.onChange} onDone={edit.onDone} autoFocus invalid={whole !== undefined} describedBy={`${id}-fault`} faults={edit.faults} />
            {whole === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{whole}</p>}
          </div>
        ) : editable ? (
          <div className="value editable" onClick={edit.begin}>
            {shown}
            <button type="button" className="edit" aria-label={t('edit', { label: field.label })} onClick={(event) => { event.stopPropagation(); edit.begin(); }} />
          </div>
        ) : <div className="value">{shown}</div>}
      </dd>
    </div>
  );
}

function useEdit(resource: Resource, row: Row, field: Field) {
  const t = useTranslations('records');
  const [change, reload, tell, here] = [useChange(resource, row.id), useReload(resource, row.id), useNotice(), useHere()];
  const [draft, setDraft] = useState<{ value: unknown }>();
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const before = valueAt(row, field.jsonPath);
  // What has been sent or given up is not sent once more by the focus that leaves.
  const over = useRef(true);

  const close = () => {
    over.current = true;
    setDraft(undefined);
    setFaults([]);
  };
  const save = (value: unknown) => {
    close();
    if (JSON.stringify(value) === JSON.stringify(before) || (isEmpty(value) && isEmpty(before))) return;
    change.mutateAsync({ field, value }).catch((error: unknown) => {
      const problem = error instanceof ApiProblem ? error : undefined;
      const stale = problem?.code === 'STALE_ETAG';
      const said = stale ? t('conflict') : (problem?.errors[0]?.message ?? problem?.message ?? t('notSaved'));
      if (stale) reload();
      // Who has gone on to another page, or to another change of the same field, hears of it there.
      if (stale || !here.current || !over.current) return tell({ text: stale ? said : `${field.label}: ${said}`, bad: true });
      over.current = false;
      setDraft({ value });
      const placed = problem === undefined ? [] : faultsOf(field, problem.errors);
      setFaults(placed.length > 0 ? placed : [{ place: '', message: said }]);
    });
  };
  return {
    draft, faults,
    begin: () => { over.current = false; setDraft({ value: before }); },
    onChange: (value: unknown) => setDraft({ value }),
    onDone: save,
    onKey: (event: KeyboardEvent, manyLines: boolean) => {
      if (event.key === 'Escape') close();
      else if (event.key === 'Enter' && !event.defaultPrevented && (!manyLines || event.ctrlKey || event.metaKey)) { event.preventDefault(); save(draft?.value); }
    },
    onLeave: (event: { currentTarget: Element; relatedTarget: Element | null }) => {
      if (!over.current && faults.length === 0 && !event.currentTarget.contains(event.relatedTarget)) save(draft?.value);
    },
  };
}

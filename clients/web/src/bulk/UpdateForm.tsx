import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { kindOf } from '../fields/registry';
import { isEmpty } from '../records/values';
import { faulty, Labelled } from '../settings/objects/Labelled';
import type { FormProps } from './BulkDialog';
import { writable } from './kinds';
import { faultOf, updateOf } from './order';
import { isPlace, PlaceEditor } from './PlaceEditor';

/** One field, and what it shall hold in all of them: nothing too, where somebody says so. */
export function UpdateForm({ id, resource, kind, errors, onOrder }: FormProps) {
  const t = useTranslations('bulk');
  const fields = writable(resource, kind);
  const [path, setPath] = useState('');
  const [value, setValue] = useState<unknown>();
  const [empties, setEmpties] = useState(false);
  const field = fields.find((entry) => entry.path === path);
  const fault = faultOf(errors, 'update');
  const Editor = field === undefined ? undefined : isPlace(field) ? PlaceEditor : kindOf(field).Editor;
  const write = (next: unknown, nothing: boolean) => {
    setValue(next);
    setEmpties(nothing);
    onOrder(field === undefined || (isEmpty(next) && !nothing) ? undefined : updateOf(kind, field, next));
  };
  const choose = (next: string) => {
    setPath(next);
    // What was written is no value of another field.
    write(undefined, false);
  };
  return (
    <>
      <Labelled id={`${id}-field`} label={t('field')} required>
        <select id={`${id}-field`} className="input" autoFocus value={path} onChange={(event) => choose(event.target.value)}>
          <option value="">—</option>
          {fields.map((entry) => <option key={entry.path} value={entry.path}>{entry.label}</option>)}
        </select>
      </Labelled>
      {field === undefined || Editor === undefined ? null : (
        <>
          {empties ? null : (
            <Labelled key={path} id={`${id}-value`} label={t('value')} fault={fault}>
              <Editor id={`${id}-value`} resource={resource} field={field} value={value} onChange={(next) => write(next, false)} invalid={fault !== undefined} describedBy={faulty(`${id}-value`, fault)['aria-describedby']} />
            </Labelled>
          )}
          {isPlace(field) ? null : <label className="check-line"><input type="checkbox" checked={empties} onChange={(event) => write(undefined, event.target.checked)} />{t('empty')}</label>}
          {empties && fault !== undefined ? <p className="fault" role="alert">{fault}</p> : null}
        </>
      )}
    </>
  );
}

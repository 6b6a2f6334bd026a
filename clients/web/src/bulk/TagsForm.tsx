import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChoicesEditor } from '../fields/choice';
import { faulty, Labelled } from '../settings/objects/Labelled';
import type { FormProps } from './BulkDialog';
import { tagged } from './kinds';
import { faultOf } from './order';

export const AddTagsForm = (props: FormProps) => <TagsForm {...props} place="addTags" />;
export const RemoveTagsForm = (props: FormProps) => <TagsForm {...props} place="removeTags" />;

/** Which choices of which field are added or taken away; what else a record has there stays. */
function TagsForm({ id, resource, errors, onOrder, place }: FormProps & { readonly place: 'addTags' | 'removeTags' }) {
  const t = useTranslations('bulk');
  const fields = tagged(resource);
  const [path, setPath] = useState(fields[0]?.path ?? '');
  const [values, setValues] = useState<readonly string[]>([]);
  const field = fields.find((entry) => entry.path === path);
  const [ofField, ofValues] = [faultOf(errors, `${place}.field`), faultOf(errors, `${place}.values`)];
  const write = (of: string, next: readonly string[]) => {
    setPath(of);
    setValues(next);
    onOrder(next.length === 0 ? undefined : { [place]: { field: of, values: next } });
  };
  return field === undefined ? null : (
    <>
      {fields.length < 2 && ofField === undefined ? null : (
        <Labelled id={`${id}-field`} label={t('field')} fault={ofField}>
          <select {...faulty(`${id}-field`, ofField)} className="input" value={path} onChange={(event) => write(event.target.value, [])}>{fields.map((entry) => <option key={entry.path} value={entry.path}>{entry.label}</option>)}</select>
        </Labelled>
      )}
      <Labelled key={path} id={`${id}-values`} label={field.label} fault={ofValues} required>
        <ChoicesEditor id={`${id}-values`} resource={resource} field={field} value={values} onChange={(next) => write(path, Array.isArray(next) ? (next as string[]) : [])} autoFocus invalid={ofValues !== undefined} describedBy={ofValues === undefined ? undefined : `${id}-values-fault`} />
      </Labelled>
    </>
  );
}

import { ApiProblem } from '@platform/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../../ui/Notice';
import { faultsOf, type FieldDef } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { createField, redrawn, type ObjectType } from '../objects/metadata';
import { useDone } from '../objects/useDone';
import { begun, fitting, madeFor, missing, needs, parts, publish, type Part, type Publication } from './publishing';

interface Props {
  readonly object: ObjectType;
  readonly objects: readonly ObjectType[];
  readonly open: ObjectType | undefined;
  readonly fields: readonly FieldDef[];
  readonly onObject: (id: string) => void;
}

/** Of which object and which of its fields the pages are made. What is refused stands at its field. */
export function PublicationForm({ object, objects, open, fields, onObject }: Props) {
  const [t, id, client, tell] = [useTranslations('publishing'), useId(), useQueryClient(), useNotice()];
  const [draft, setDraft] = useState<Publication>(() => begun(object, fields));
  const isOpen = open?.id === object.id;
  const save = useMutation({
    mutationFn: () => publish(object, draft),
    onSuccess: async () => {
      tell({ text: isOpen ? t('saved') : t('opened', { label: object.pluralLabel }) });
      await Promise.all([redrawn(client), client.invalidateQueries({ queryKey: ['published'] })]);
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'objectType.publication');
  const unplaced = save.isError && !parts.some((part) => faults.has(part)) ? (problem?.message ?? save.error.message) : undefined;
  const absent = missing(object, fields);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="tw:grid tw:gap-4" onSubmit={submit} noValidate>
      <div className="form-fields bare">
        <Labelled id={`${id}-object`} label={t('object')} fault={unplaced} hint={t('objectHint')} wide>
          <select {...faulty(`${id}-object`, unplaced)} className="input" value={object.id} onChange={(event) => onObject(event.target.value)}>{objects.map((entry) => <option key={entry.id} value={entry.id}>{entry.pluralLabel}</option>)}</select>
        </Labelled>
        {parts.map((part) => {
          const [fitted, fault, { needed }] = [fitting(fields, object.resource, part), faults.get(part), needs[part]];
          return (
            <Labelled key={part} id={`${id}-${part}`} label={t(`parts.${part}`)} fault={fault} hint={t(`hints.${part}`)} required={needed}>
              <select {...faulty(`${id}-${part}`, fault)} className="input" value={draft[part]} disabled={fitted.length === 0} onChange={(event) => setDraft({ ...draft, [part]: event.target.value })}>
                <option value="">{fitted.length === 0 ? t('noField') : '—'}</option>
                {fitted.map((field) => <option key={field.key} value={field.key}>{field.label || field.key}</option>)}
              </select>
            </Labelled>
          );
        })}
      </div>
      <div className="actions">
        {absent.length > 0 ? <MakeFields object={object} fields={fields} absent={absent} /> : null}
        <button type="submit" className="button primary" disabled={save.isPending || parts.some((part) => needs[part].needed && draft[part] === '')}>{isOpen ? t('save') : t('open')}</button>
      </div>
    </form>
  );
}

/** The fields that are missing, made at once. */
function MakeFields({ object, fields, absent }: { readonly object: ObjectType; readonly fields: readonly FieldDef[]; readonly absent: readonly Part[] }) {
  const t = useTranslations('publishing');
  const make = useDone(async () => {
    for (const part of absent) {
      const field = madeFor(part, t(`madeEnglish.${part as 'slugField'}`), t(`madeRussian.${part as 'slugField'}`), object.resource, fields);
      if (field !== undefined) await createField(field);
    }
  }, t('fieldsMade'));
  return <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate()}><Plus size={15} aria-hidden />{t('makeFields', { count: absent.length })}</button>;
}

import { useTranslations } from 'next-intl';
import type { Field } from '../../api/api';
import { kindOf } from '../../fields/registry';
import type { PartProps } from './FieldDialog';
import { kindNameOf, mayBeRequired, mayBeSearchable, mayBeUnique, mayHaveDefault, type FieldDef, type FieldDraft } from './fields';
import { FilterField } from './FilterField';

/** What holds for the values: whether there has to be one, whether it is the only one, what a new record has, and when the field is asked for. */
export function FieldRules({ id, resource, draft, faults, change }: PartProps) {
  const t = useTranslations('designer');
  const flags = [
    ['required', mayBeRequired(draft.type)], ['unique', mayBeUnique(draft.type)], ['searchable', mayBeSearchable(draft.type)], ['deprecated', draft.id !== undefined],
  ] as const;
  const holds = flags.filter(([, may]) => may);
  return (
    <div className="form-fields bare-top">
      {holds.length === 0 ? null : <fieldset className="choices wide">
        <legend className="form-label">{t('field.rules')}</legend>
        {holds.map(([flag]) => (
          <label key={flag} className="check-line">
            <input type="checkbox" checked={draft[flag] ?? false} onChange={(event) => change({ [flag]: event.target.checked })} />
            <span className="who"><span>{t(`flags.${flag}`)}</span><small>{t(`flagHints.${flag}`)}</small></span>
          </label>
        ))}
        {flags.map(([flag]) => (faults.has(flag) ? <p key={flag} className="fault" role="alert">{faults.get(flag)}</p> : null))}
      </fieldset>}
      {mayHaveDefault(draft) ? <DefaultValue id={`${id}-defaultValue`} resource={resource} draft={draft} fault={faults.get('defaultValue')} onChange={(defaultValue) => change({ defaultValue })} /> : null}
      <div className="form-field wide">
        <span className="form-label" id={`${id}-visible`}>{t('field.visibleWhen')}</span>
        <FilterField labelledBy={`${id}-visible`} resource={resource} filter={draft.visibleWhen ?? ''} fault={faults.get('visibleWhen')} onFilter={(visibleWhen) => change({ visibleWhen })} />
        <small>{t('field.visibleHint')}</small>
      </div>
    </div>
  );
}

interface DefaultProps {
  readonly id: string;
  readonly resource: PartProps['resource'];
  readonly draft: FieldDraft;
  readonly fault: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** Written as values of the type are written in forms. */
function DefaultValue({ id, resource, draft, fault, onChange }: DefaultProps) {
  const t = useTranslations('designer');
  const field: Field = {
    path: `custom_fields.${draft.key ?? 'new'}`, jsonPath: 'customFields.new', label: t('field.defaultValue'), type: kindNameOf(draft.type), builtIn: false, outputOnly: false, filterable: false, sortable: false, access: 'full', enumValues: [],
    definition: { ...draft, choices: draft.choices ?? [] } as FieldDef,
  };
  const Editor = kindOf(field).Editor;
  // What leads to records is chosen in a record.
  if (Editor === undefined || kindNameOf(draft.type).startsWith('relation')) return null;
  return (
    <div className="form-field wide">
      <label htmlFor={id}>{t('field.defaultValue')}</label>
      <Editor id={id} resource={resource} field={field} value={draft.defaultValue} onChange={onChange} invalid={fault !== undefined} describedBy={fault === undefined ? undefined : `${id}-fault`} />
      {fault === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{fault}</p>}
    </div>
  );
}

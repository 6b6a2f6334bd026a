import { useTranslations } from 'next-intl';
import type { PartProps } from './FieldDialog';
import { inSections, type FieldDef } from './fields';
import { faulty, Labelled } from './Labelled';
import { translated } from './ObjectDialog';

interface Props extends PartProps {
  readonly fields: readonly FieldDef[];
  readonly keyNow: string;
  readonly isNew: boolean;
}

/** What the field is called, and where it stands. */
export function FieldBasics({ id, draft, faults, change, fields, keyNow, isNew }: Props) {
  const t = useTranslations('designer');
  const input = (part: string) => ({ ...faulty(`${id}-${part}`, faults.get(part)), className: 'input', autoComplete: 'off' });
  return (
    <div className="form-fields bare-top">
      <Labelled id={`${id}-label`} label={t('field.label')} fault={faults.get('label')} required>
        <input {...input('label')} autoFocus maxLength={100} value={draft.label ?? ''} onChange={(event) => change({ label: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-labelTranslations`} label={t('field.labelTranslations')} fault={faults.get('labelTranslations')}>
        <input {...input('labelTranslations')} lang="ru" maxLength={100} value={draft.labelTranslations?.['ru'] ?? ''} onChange={(event) => change({ labelTranslations: translated(draft.labelTranslations, event.target.value) })} />
      </Labelled>
      <Labelled id={`${id}-key`} label={t('field.key')} fault={faults.get('key')} hint={t(isNew ? 'field.keyHint' : 'field.keyStays', { path: `custom_fields.${keyNow}` })}>
        <input {...input('key')} className="input mono" maxLength={63} readOnly={!isNew} spellCheck={false} value={keyNow} onChange={(event) => change({ key: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-section`} label={t('field.section')} fault={faults.get('section')} hint={t('field.sectionHint')}>
        <input {...input('section')} maxLength={100} list={`${id}-sections`} value={draft.section ?? ''} onChange={(event) => change({ section: event.target.value })} />
        <datalist id={`${id}-sections`}>{inSections(fields).filter(([name]) => name !== '').map(([name]) => <option key={name} value={name} />)}</datalist>
      </Labelled>
      <Labelled id={`${id}-help`} label={t('field.help')} fault={faults.get('help')}>
        <textarea {...input('help')} className="input area" rows={2} maxLength={1000} value={draft.help ?? ''} onChange={(event) => change({ help: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-helpTranslations`} label={t('field.helpTranslations')} fault={faults.get('helpTranslations')}>
        <textarea {...input('helpTranslations')} className="input area" lang="ru" rows={2} maxLength={1000} value={draft.helpTranslations?.['ru'] ?? ''} onChange={(event) => change({ helpTranslations: translated(draft.helpTranslations, event.target.value) })} />
      </Labelled>
    </div>
  );
}

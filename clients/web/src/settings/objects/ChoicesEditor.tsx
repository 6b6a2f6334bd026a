import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ChoiceList } from './ChoiceList';
import type { PartProps } from './FieldDialog';
import { Labelled } from './Labelled';
import { dictionariesQuery } from './metadata';

/** What can be chosen: the field's own list, or one that several fields share. */
export function ChoicesEditor({ id, draft, faults, change }: PartProps) {
  const t = useTranslations('designer');
  const dictionaries = useQuery(dictionariesQuery).data ?? [];
  const choices = draft.choices ?? [];
  const shared = (draft.dictionary ?? '') !== '';
  return (
    <div className="form-fields bare-top">
      {dictionaries.length === 0 ? null : (
        <Labelled id={`${id}-dictionary`} label={t('field.dictionary')} fault={faults.get('dictionary')} wide>
          <select id={`${id}-dictionary`} className="input" value={draft.dictionary ?? ''} onChange={(event) => change(event.target.value === '' ? { dictionary: '' } : { dictionary: event.target.value, choices: [] })}>
            <option value="">{t('ownChoices')}</option>
            {dictionaries.map((entry) => <option key={entry.key} value={entry.key}>{entry.label || entry.key}</option>)}
          </select>
        </Labelled>
      )}
      {shared ? null : (
        <fieldset className="form-field wide plain-set">
          <legend className="form-label">{t('field.choices')}</legend>
          <ChoiceList choices={choices} isKept={draft.id !== undefined} faultOf={(index) => faults.get(`choices[${index}].label`) ?? faults.get(`choices[${index}].key`) ?? faults.get(`choices[${index}].color`)} onChange={(next) => change({ choices: next })} />
          {faults.has('choices') ? <p className="fault" role="alert">{faults.get('choices')}</p> : null}
        </fieldset>
      )}
    </div>
  );
}

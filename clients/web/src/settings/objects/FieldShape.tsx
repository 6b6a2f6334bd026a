import { useTranslations } from 'next-intl';
import { useResources } from '../../api/metadata';
import { ChoicesEditor } from './ChoicesEditor';
import type { PartProps } from './FieldDialog';
import { isChoice, isRanged, isRelation, isSized, nameOfType } from './fields';
import { FormulaEditor } from './FormulaEditor';
import { faulty, Labelled } from './Labelled';
import { RollUpForm } from './RollUpForm';

/** What values of the type look like: their length or range, their choices, where they lead, how they are computed. */
export function FieldShape(props: PartProps & { readonly isNew: boolean }) {
  const { draft, id, faults, change, resource, isNew } = props;
  const t = useTranslations('designer');
  const kind = nameOfType(draft.type);
  if (kind === 'FORMULA') return <FormulaEditor id={`${id}-formula`} resource={resource} draft={draft} fault={faults.get('formula')} onChange={(formula) => change({ formula })} />;
  if (kind === 'ROLL_UP') return <RollUpForm {...props} />;
  if (isChoice(draft.type)) return <ChoicesEditor {...props} />;
  if (isRelation(draft.type)) return <RelationForm {...props} />;
  if (kind === 'AUTO_NUMBER')
    return (
      <div className="form-fields bare-top">
        <Labelled id={`${id}-numberPattern`} label={t('field.numberPattern')} fault={faults.get('numberPattern')} hint={t('field.numberHint')} wide>
          <input {...faulty(`${id}-numberPattern`, faults.get('numberPattern'))} className="input mono" readOnly={!isNew} autoComplete="off" value={draft.numberPattern ?? ''} onChange={(event) => change({ numberPattern: event.target.value })} />
        </Labelled>
      </div>
    );
  return <>{isSized(draft.type) ? <SizeForm {...props} /> : null}{isRanged(draft.type) ? <RangeForm {...props} /> : null}</>;
}

function SizeForm({ id, draft, faults, change }: PartProps) {
  const t = useTranslations('designer');
  const length = (part: 'minimumLength' | 'maximumLength') => (
    <Labelled id={`${id}-${part}`} label={t(`field.${part}`)} fault={faults.get(part)}>
      <input {...faulty(`${id}-${part}`, faults.get(part))} className="input" type="number" min={0} placeholder="—" value={draft[part] ? draft[part] : ''} onChange={(event) => change({ [part]: Number(event.target.value) })} />
    </Labelled>
  );
  return (
    <div className="form-fields bare-top">
      {length('minimumLength')}
      {length('maximumLength')}
      <Labelled id={`${id}-pattern`} label={t('field.pattern')} fault={faults.get('pattern')} hint={t('field.patternHint')} wide>
        <input {...faulty(`${id}-pattern`, faults.get('pattern'))} className="input mono" spellCheck={false} autoComplete="off" maxLength={500} placeholder="[A-Z]{2}-\d{4}" value={draft.pattern ?? ''} onChange={(event) => change({ pattern: event.target.value })} />
      </Labelled>
    </div>
  );
}

function RangeForm({ id, draft, faults, change }: PartProps) {
  const t = useTranslations('designer');
  const kind = nameOfType(draft.type);
  const bound = (part: 'minimum' | 'maximum') => (
    <Labelled id={`${id}-${part}`} label={t(`field.${part}`)} fault={faults.get(part)}>
      <input {...faulty(`${id}-${part}`, faults.get(part))} className="input" type={kind === 'DATE' ? 'date' : 'text'} inputMode={kind === 'INSTANT' ? undefined : 'decimal'} placeholder={kind === 'INSTANT' ? '2026-01-31T12:00:00Z' : '—'} autoComplete="off" value={draft[part] ?? ''}
        onChange={(event) => change({ [part]: event.target.value.trim().replace(',', '.') })} />
    </Labelled>
  );
  return (
    <div className="form-fields bare-top">
      {bound('minimum')}
      {bound('maximum')}
      {kind !== 'DECIMAL' ? null : (
        <Labelled id={`${id}-decimals`} label={t('field.decimals')} fault={faults.get('decimals')} hint={t('field.decimalsHint')}>
          <input {...faulty(`${id}-decimals`, faults.get('decimals'))} className="input" type="number" min={0} max={10} value={draft.decimals ?? ''} onChange={(event) => change(event.target.value === '' ? { decimals: undefined as never } : { decimals: Number(event.target.value) })} />
        </Labelled>
      )}
    </div>
  );
}

const rules = ['UNSPECIFIED', 'RESTRICT', 'CLEAR', 'DELETE'] as const;

function RelationForm({ id, resource, draft, faults, change }: PartProps) {
  const [t, resources] = [useTranslations('designer'), useResources()];
  const isObject = (name: string | undefined) => name?.startsWith('records.') ?? false;
  return (
    <div className="form-fields bare-top">
      <Labelled id={`${id}-relatedResource`} label={t('field.relatedResource')} fault={faults.get('relatedResource')} required>
        <select {...faulty(`${id}-relatedResource`, faults.get('relatedResource'))} className="input" value={draft.relatedResource ?? ''} onChange={(event) => change({ relatedResource: event.target.value, onDelete: 'RELATION_DELETION_UNSPECIFIED' })}>
          <option value="">—</option>
          {resources.map((entry) => <option key={entry.resource} value={entry.resource}>{entry.pluralLabel || entry.label}</option>)}
        </select>
      </Labelled>
      {!isObject(resource.resource) ? null : (
        <Labelled id={`${id}-onDelete`} label={t('field.onDelete')} fault={faults.get('onDelete')}>
          <select {...faulty(`${id}-onDelete`, faults.get('onDelete'))} className="input" value={draft.onDelete ?? 'RELATION_DELETION_UNSPECIFIED'} onChange={(event) => change({ onDelete: event.target.value as NonNullable<typeof draft.onDelete> })}>
            {rules.filter((rule) => rule !== 'RESTRICT' || isObject(draft.relatedResource)).map((rule) => <option key={rule} value={`RELATION_DELETION_${rule}`}>{t(`deletions.${rule}`)}</option>)}
          </select>
        </Labelled>
      )}
    </div>
  );
}

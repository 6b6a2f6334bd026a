import { useTranslations } from 'next-intl';
import { useMaybeResource, useResources } from '../../api/metadata';
import type { PartProps } from './FieldDialog';
import type { RollUp } from './fields';
import { FilterField } from './FilterField';
import { faulty, Labelled } from './Labelled';
import { FormulaInput } from './FormulaInput';

const functions = ['COUNT', 'SUM', 'MINIMUM', 'MAXIMUM', 'AVERAGE'] as const;
const none: RollUp = { resource: '', relation: '', function: 'ROLL_UP_FUNCTION_COUNT', value: '', filter: '', inCompanyCurrency: false };

/** Of which records, what of each, and what is made of that. */
export function RollUpForm({ id, resource, draft, faults, change }: PartProps) {
  const [t, resources] = [useTranslations('designer'), useResources()];
  const rollUp = draft.rollUp ?? none;
  const counted = useMaybeResource(rollUp.resource);
  const set = (parts: Partial<RollUp>) => change({ rollUp: { ...rollUp, ...parts } });
  const [own] = [resource.resource.split('.')[1]];
  // Fields that lead here: relations to this resource, and the platform's own by their name.
  const relations = (counted?.fields ?? []).filter((field) =>
    field.definition?.relatedResource === resource.resource || (field.builtIn && (field.path === `${own}_id` || (field.type === 'relation' && field.path.endsWith(`${own}_id`)))));
  const fault = (part: string) => faults.get(`rollUp.${part}`);
  return (
    <div className="form-fields bare-top">
      <Labelled id={`${id}-rollUp`} label={t('rollUp.resource')} fault={fault('resource') ?? faults.get('rollUp')} required>
        <select {...faulty(`${id}-rollUp`, fault('resource') ?? faults.get('rollUp'))} className="input" disabled={draft.id !== undefined} value={rollUp.resource} onChange={(event) => set({ resource: event.target.value, relation: '', value: '', filter: '' })}>
          <option value="">—</option>
          {resources.map((entry) => <option key={entry.resource} value={entry.resource}>{entry.pluralLabel || entry.label}</option>)}
        </select>
      </Labelled>
      <Labelled id={`${id}-relation`} label={t('rollUp.relation')} fault={fault('relation')} required hint={counted !== undefined && relations.length === 0 ? t('rollUp.noRelation', { name: resource.label }) : undefined}>
        <select {...faulty(`${id}-relation`, fault('relation'))} className="input" disabled={relations.length === 0} value={rollUp.relation} onChange={(event) => set({ relation: event.target.value })}>
          <option value="">—</option>
          {relations.map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}
        </select>
      </Labelled>
      <Labelled id={`${id}-function`} label={t('rollUp.function')} fault={fault('function')}>
        <select {...faulty(`${id}-function`, fault('function'))} className="input" value={rollUp.function} onChange={(event) => set({ function: event.target.value as RollUp['function'], ...(event.target.value.endsWith('COUNT') ? { value: '', inCompanyCurrency: false } : {}) })}>
          {functions.map((name) => <option key={name} value={`ROLL_UP_FUNCTION_${name}`}>{t(`rollUp.functions.${name}`)}</option>)}
        </select>
      </Labelled>
      {rollUp.function === 'ROLL_UP_FUNCTION_COUNT' || counted === undefined ? null : (
        <Labelled id={`${id}-value`} label={t('rollUp.value')} fault={fault('value')} required hint={t('rollUp.valueHint')}>
          <FormulaInput id={`${id}-value`} rows={1} resource={counted} value={rollUp.value} invalid={fault('value') !== undefined} onChange={(value) => set({ value })} />
        </Labelled>
      )}
      {counted === undefined ? null : (
        <div className="form-field wide">
          <span className="form-label" id={`${id}-which`}>{t('rollUp.filter')}</span>
          <FilterField labelledBy={`${id}-which`} key={rollUp.resource} resource={counted} filter={rollUp.filter} fault={fault('filter')} onFilter={(filter) => set({ filter })} />
        </div>
      )}
      {rollUp.function === 'ROLL_UP_FUNCTION_COUNT' ? null : (
        <label className="check-line wide"><input type="checkbox" checked={rollUp.inCompanyCurrency} onChange={(event) => set({ inCompanyCurrency: event.target.checked })} /><span>{t('rollUp.inCompanyCurrency')}</span></label>
      )}
    </div>
  );
}

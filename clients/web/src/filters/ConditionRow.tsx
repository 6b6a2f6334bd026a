import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Field } from '../api/api';
import { needsValue, operatorsOf, type Condition, type Operator } from './conditions';
import { ConditionValue } from './ConditionValue';

interface Props {
  readonly fields: readonly Field[];
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

const names = { '=': 'is', '!=': 'isNot', ':': 'has', '<': 'less', '<=': 'atMost', '>': 'more', '>=': 'atLeast', starts: 'starts', last: 'last', empty: 'empty', filled: 'filled' } as const;
const timeNames = { ...names, '<': 'before', '<=': 'until', '>': 'after', '>=': 'since' } as const;

/** A field, how it is compared, and with what. */
export function ConditionRow({ fields, condition, onChange, onRemove }: Props) {
  const t = useTranslations('filters');
  const field = fields.find((entry) => entry.path === condition.path);
  const name = field?.type === 'date' || field?.type === 'instant' ? timeNames : names;
  const begin = (path: string) => {
    const chosen = fields.find((entry) => entry.path === path);
    onChange({ path, operator: (chosen === undefined ? undefined : operatorsOf(chosen)[0]) ?? '=', value: chosen?.type === 'boolean' ? 'true' : '' });
  };
  return (
    <li className="condition">
      <select className="input" aria-label={t('field')} value={condition.path} onChange={(event) => begin(event.target.value)}>
        {fields.map((entry) => <option key={entry.path} value={entry.path}>{entry.label}</option>)}
      </select>
      <select className="input" aria-label={t('operator')} value={condition.operator} onChange={(event) => onChange({ ...condition, operator: event.target.value as Operator })}>
        {(field === undefined ? [] : operatorsOf(field)).map((operator) => <option key={operator} value={operator}>{t(`operators.${name[operator]}`)}</option>)}
      </select>
      {field === undefined || !needsValue(condition.operator) ? <span className="condition-value" /> : <ConditionValue field={field} condition={condition} onChange={(value) => onChange({ ...condition, value })} />}
      <button type="button" className="icon-button" aria-label={t('remove', { label: field?.label ?? '' })} onClick={onRemove}><X size={15} aria-hidden /></button>
    </li>
  );
}

import { useTranslations } from 'next-intl';
import type { Field } from '../api/api';
import { optionsOf } from '../fields/choices';
import { useMembers } from '../fields/user';
import type { Condition } from './conditions';

interface Props {
  readonly field: Field;
  readonly condition: Condition;
  readonly onChange: (value: string) => void;
}

const numbers = new Set(['number', 'decimal', 'money']);

/** What a field is compared with, in the way that its values are written. */
export function ConditionValue({ field, condition: { operator, value }, onChange }: Props) {
  const t = useTranslations('filters');
  const said = useTranslations('values');
  if (field.type === 'user') return <MemberSelect value={value} onChange={onChange} />;
  if (field.type === 'boolean') return <Choice value={value} onChange={onChange} options={[['true', t('true')], ['false', t('false')]]} />;
  if (field.type === 'enum' || field.type.endsWith('_choice')) {
    const translated = (key: string) => (said.has(key as never) ? said(key as never) : undefined);
    return <Choice value={value} onChange={onChange} options={[['', ''], ...optionsOf(field, translated).map(({ key, label }) => [key, label] as const)]} />;
  }
  const day = (field.type === 'date' || field.type === 'instant') && operator !== 'last';
  const type = day ? 'date' : operator === 'last' ? 'number' : 'text';
  return (
    <span className="condition-value">
      <input className="input" type={type} min={type === 'number' ? 1 : undefined} inputMode={numbers.has(field.type) ? 'decimal' : undefined} aria-label={t('value')} autoComplete="off" value={value}
        onChange={(event) => onChange(numbers.has(field.type) ? event.target.value.replace(',', '.') : event.target.value)} />
      {operator === 'last' ? <span className="dim">{t('days')}</span> : null}
    </span>
  );
}

function Choice({ value, options, onChange }: { readonly value: string; readonly options: readonly (readonly [string, string])[]; readonly onChange: (value: string) => void }) {
  const t = useTranslations('filters');
  return (
    <select className="input condition-value" aria-label={t('value')} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([key, label]) => <option key={key} value={key}>{label}</option>)}
    </select>
  );
}

function MemberSelect({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [t, members] = [useTranslations('filters'), useMembers() ?? []];
  return <Choice value={value} onChange={onChange} options={[['', ''], ['user.id', t('me')], ...members.map((member) => [member.userId, member.displayName || member.email] as const)]} />;
}

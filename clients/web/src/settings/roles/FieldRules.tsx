import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../../api/api';
import { accesses, type FieldRule } from './policies';

interface Props {
  readonly resource: Resource;
  readonly rules: readonly FieldRule[];
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (rules: FieldRule[]) => void;
}

/** What is left of single fields: they are read only, masked or hidden, whichever record it is. */
export function FieldRules({ resource, rules, faults, onChange }: Props) {
  const t = useTranslations('roles');
  const fields = resource.fields.filter((field) => !['id', 'etag', 'custom_fields'].includes(field.path));
  const free = fields.find((field) => !rules.some((rule) => rule.path === field.path));
  const set = (at: number, parts: Partial<FieldRule>) => onChange(rules.map((rule, index) => (index === at ? { ...rule, ...parts } : rule)));
  return (
    <div className="tw:grid tw:gap-2">
      <ul className="tw:grid tw:gap-2">
        {rules.map((rule, index) => {
          const said = [...faults].find(([part]) => part.startsWith(`fieldRules[${index}]`))?.[1];
          return (
            <li key={index} className="field-rule">
              <select className="input" aria-label={t('field')} value={rule.path} onChange={(event) => set(index, { path: event.target.value })}>
                {fields.some((field) => field.path === rule.path) ? null : <option value={rule.path}>{rule.path}</option>}
                {fields.map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}
              </select>
              <select className="input" aria-label={t('access')} value={rule.access} onChange={(event) => set(index, { access: event.target.value as FieldRule['access'] })}>{accesses.map((access) => <option key={access} value={`FIELD_ACCESS_${access}`}>{t(`accesses.${access}`)}</option>)}</select>
              <button type="button" className="icon-button" aria-label={t('removeRule', { name: rule.path })} onClick={() => onChange(rules.filter((_rule, at) => at !== index))}><X size={15} aria-hidden /></button>
              {said === undefined ? null : <p className="fault" role="alert">{said}</p>}
            </li>
          );
        })}
      </ul>
      {free === undefined ? null : <div><button type="button" className="button ghost add" onClick={() => onChange([...rules, { path: free.path, access: 'FIELD_ACCESS_HIDDEN' }])}><Plus size={15} aria-hidden />{t('addRule')}</button></div>}
      {faults.has('fieldRules') ? <p className="fault" role="alert">{faults.get('fieldRules')}</p> : null}
    </div>
  );
}

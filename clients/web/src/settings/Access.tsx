import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call } from '../api/api';
import { useMay, useMe } from '../api/me';
import { useMaybeResource, useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useMembers } from '../fields/user';
import { useLanguage } from '../i18n/useLanguage';
import { useSearch } from '../routing/useSearch';
import { Fault } from '../ui/Fault';

interface Explained {
  readonly allowed?: boolean;
  readonly rule?: string;
  readonly policyName?: string;
  readonly conditional?: boolean;
  readonly explanation?: string;
  readonly fieldAccess?: string;
  readonly fieldPolicyName?: string;
}

const actions = ['read', 'create', 'update', 'delete', 'export'] as const;
const fieldAccesses = ['full', 'read_only', 'masked', 'hidden'] as const;
type FieldAccess = (typeof fieldAccesses)[number];

/** Why somebody may see or do something, or may not. The question stands in the address, so that the answer can be shown to others. */
export function Access() {
  const t = useTranslations('settings');
  const [[search, change], me, administers, members, resources, [language]] = [useSearch(), useMe(), useMay('tenants.admin'), useMembers(), useResources(), useLanguage()];
  const of = (key: string, otherwise = '') => search.get(key) ?? otherwise;
  const [user, resource, action, id, field] = [of('user', me.id), of('resource', 'deals.deal'), of('action', 'read'), of('id').trim(), of('field')];
  const fields = useMaybeResource(resource)?.fields ?? [];
  const answer = useQuery({
    queryKey: ['access:explain', user, resource, action, id, field, language],
    queryFn: () => call<Explained>('GET', '/api/v1/access:explain', { query: { user: user === me.id ? undefined : user, resource, action, id: id || undefined, field: field || undefined } }),
    retry: false,
  });
  const who = administers ? (members ?? []).map((member) => [member.userId, member.displayName || member.email] as const) : [[me.id, me.name] as const];
  return (
    <div className="tw:grid tw:gap-5 tw:max-w-2xl">
      <p className="dim">{t('access.hint')}</p>
      <div className="form-fields bare">
        <Choice label={t('access.who')} value={user} options={who} onChange={(value) => change({ user: value })} />
        <Choice label={t('access.does')} value={action} options={actions.map((name) => [name, t(`access.actions.${name}`)] as const)} onChange={(value) => change({ action: value })} />
        <Choice label={t('access.what')} value={resource} options={resources.map((entry) => [entry.resource, entry.pluralLabel || entry.label] as const)} onChange={(value) => change({ resource: value, field: '' })} />
        <Choice label={t('access.field')} value={field} options={[['', t('access.noField')], ...fields.map((entry) => [entry.path, entry.label] as const)]} onChange={(value) => change({ field: value })} />
        <div className="form-field wide">
          <label htmlFor="access-id">{t('access.record')}</label>
          <input id="access-id" className="input mono" autoComplete="off" spellCheck={false} value={of('id')} onChange={(event) => change({ id: event.target.value })} />
          <small>{t('access.recordHint')}</small>
        </div>
      </div>
      {answer.isError ? <Fault told={toldOf(answer.error)} onRetry={() => void answer.refetch()} /> : answer.data === undefined ? null : <Answer answer={answer.data} />}
    </div>
  );
}

function Answer({ answer: { allowed = false, explanation, conditional, policyName, fieldAccess, fieldPolicyName } }: { readonly answer: Explained }) {
  const t = useTranslations('settings');
  const known = fieldAccesses.find((name) => name === fieldAccess) as FieldAccess | undefined;
  return (
    <section className="verdict" data-allowed={allowed} aria-live="polite">
      <h2>{allowed ? <CircleCheck size={17} aria-hidden /> : <CircleX size={17} aria-hidden />}{allowed ? t('access.allowed') : t('access.denied')}</h2>
      <p>{explanation}</p>
      {policyName ? <p className="dim">{t('access.policy', { name: policyName })}</p> : null}
      {conditional ? <p className="dim">{t('access.conditional')}</p> : null}
      {known === undefined ? null : <p>{t(`access.fields.${known}`)}{fieldPolicyName ? <span className="dim"> · {t('access.policy', { name: fieldPolicyName })}</span> : null}</p>}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="form-field"><span className="form-label">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.some(([key]) => key === value) ? null : <option value={value}>{value}</option>}
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </label>
  );
}

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus, Shield, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useResources } from '../../api/metadata';
import { teamsQuery } from '../../api/teams';
import { toldOf } from '../../api/told';
import { useMembers } from '../../fields/user';
import { Skeleton } from '../../shell/Skeleton';
import { Fault } from '../../ui/Fault';
import { useRoles, type Role } from '../tenants';
import { policiesQuery, speaksOfFields, type Policy } from './policies';
import { PolicyDialog } from './PolicyDialog';
import { RoleDialog } from './RoleDialog';

/** What roles grant, and the policies that narrow or widen it by record and by field. */
export function RolesPage() {
  const t = useTranslations('roles');
  const [roles, policies] = [useRoles(), useQuery(policiesQuery)];
  const [role, setRole] = useState<Role | 'new'>();
  const [policy, setPolicy] = useState<Policy | 'new'>();
  const failed = roles.error ?? policies.error;
  if (failed !== null) return <Fault told={toldOf(failed)} onRetry={() => void Promise.all([roles.refetch(), policies.refetch()])} />;
  if (roles.data === undefined || policies.data === undefined) return <Skeleton />;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <section className="tw:grid tw:gap-2">
        <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap page-head"><h2 className="section-title">{t('roles')}</h2><p className="dim grow">{t('rolesHint')}</p><button type="button" className="button" onClick={() => setRole('new')}><Plus size={15} aria-hidden />{t('newRole')}</button></div>
        <ul className="rows-list">
          {roles.data.map((entry) => (
            <li key={entry.name}>
              <button type="button" className="row-link" onClick={() => setRole(entry)}>
                <Users size={16} aria-hidden /><span className="who"><span>{entry.displayName || entry.name}</span><small className="mono">{entry.name}</small></span><span className="grow" />
                <span className="dim">{t('permissions', { count: entry.permissions.length })}</span>{entry.builtIn ? <span className="pill less">{t('builtIn')}</span> : null}<ChevronRight size={15} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className="tw:grid tw:gap-2">
        <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap page-head"><h2 className="section-title">{t('policies')}</h2><p className="dim grow">{t('policiesHint')}</p><button type="button" className="button" onClick={() => setPolicy('new')}><Plus size={15} aria-hidden />{t('newPolicy')}</button></div>
        {policies.data.length === 0 ? <p className="dim">{t('noPolicies')}</p> : <ul className="rows-list">{policies.data.map((entry) => <PolicyLine key={entry.id} policy={entry} roles={roles.data} onOpen={() => setPolicy(entry)} />)}</ul>}
      </section>
      {role === undefined ? null : <RoleDialog role={role === 'new' ? undefined : role} onClose={() => setRole(undefined)} />}
      {policy === undefined ? null : <PolicyDialog policy={policy === 'new' ? undefined : policy} roles={roles.data} onClose={() => setPolicy(undefined)} />}
    </div>
  );
}

function PolicyLine({ policy, roles, onOpen }: { readonly policy: Policy; readonly roles: readonly Role[]; readonly onOpen: () => void }) {
  const [t, words, resources] = [useTranslations('roles'), useTranslations('settings'), useResources()];
  const [members, teams] = [useMembers() ?? [], useQuery(teamsQuery).data ?? []];
  const about = resources.find((resource) => resource.resource === policy.resource);
  const { everyone = false, roles: named = [], teamIds = [], userIds = [] } = policy.subjects ?? {};
  const whom = everyone ? t('everyone') : [
    ...named.map((name) => roles.find((role) => role.name === name)?.displayName || name), ...teamIds.map((id) => teams.find((team) => team.id === id)?.name ?? id.slice(0, 8)),
    ...userIds.map((id) => members.find((member) => member.userId === id)?.displayName ?? id.slice(0, 8)),
  ].join(', ');
  const what = speaksOfFields(policy) ? t('fieldCount', { count: policy.fieldRules.length })
    : `${t(policy.effect === 'POLICY_EFFECT_ALLOW' ? 'allows' : 'denies')}: ${policy.actions.map((action) => words(`access.actions.${action as 'read'}`)).join(', ')}`;
  return (
    <li>
      <button type="button" className="row-link" onClick={onOpen}>
        <Shield size={16} aria-hidden /><span className="who"><span>{policy.name}</span><small className="truncate">{[about?.pluralLabel ?? policy.resource, whom, what].join(' · ')}</small></span><span className="grow" />
        {policy.disabled ? <span className="pill">{t('disabled')}</span> : null}<ChevronRight size={15} aria-hidden />
      </button>
    </li>
  );
}

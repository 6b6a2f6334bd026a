import type { Member } from '../api/members';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay, useMe } from '../api/me';
import { toldOf } from '../api/told';
import { Link } from '../routing/Link';
import { Skeleton } from '../shell/Skeleton';
import { Avatar } from '../ui/Avatar';
import { Fault } from '../ui/Fault';
import { Invitations } from './Invitations';
import { InviteDialog } from './InviteDialog';
import { RolesDialog } from './RolesDialog';
import { membersQuery, useRoles } from './tenants';

/** The people of the company and their roles. */
export function Members() {
  const [t, me, administers] = [useTranslations('settings'), useMe(), useMay('tenants.admin')];
  const [members, roles] = [useQuery(membersQuery), useRoles()];
  const [editing, setEditing] = useState<Member>();
  const [inviting, setInviting] = useState(false);
  if (members.isError) return <Fault told={toldOf(members.error)} onRetry={() => void members.refetch()} />;
  if (members.data === undefined) return <Skeleton />;
  const labelOf = (name: string) => roles.data?.find((role) => role.name === name)?.displayName || name;
  const nameOf = (id: string | undefined) => members.data.find((member) => member.userId === id)?.displayName ?? '';
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-4xl">
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap">
        <p className="dim grow">{t('members.hint')}</p>
        {administers ? <button type="button" className="button primary" onClick={() => setInviting(true)}><UserPlus size={15} aria-hidden />{t('invitations.invite')}</button> : null}
      </div>
      <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('sections.members')}>
        <table className="grid members" role="table">
          <thead><tr><th scope="col">{t('members.person')}</th><th scope="col">{t('members.roles')}</th><th scope="col" className="less">{t('members.manager')}</th><th scope="col"><span className="unseen">{t('members.does')}</span></th></tr></thead>
          <tbody>
            {members.data.map((member) => (
              <tr key={member.userId} role="row">
                <th scope="row" role="rowheader"><span className="person"><Avatar name={member.displayName || member.email} round /><span className="who"><span>{member.displayName || member.email}{member.userId === me.id ? <span className="dim"> · {t('members.you')}</span> : null}</span><small>{member.email}</small></span></span></th>
                <td role="cell"><span className="pills">{member.roles.map((role) => <span key={role} className="pill">{labelOf(role)}</span>)}</span></td>
                <td role="cell" className="less">{nameOf(member.managerId)}</td>
                <td role="cell" className="end does">
                  <Link className="button ghost" href={`/settings/access?user=${member.userId}`} aria-label={`${t('members.why')}: ${member.displayName}`}>{t('members.why')}</Link>
                  {administers ? <button type="button" className="button" aria-label={`${t('members.change')}: ${member.displayName}`} onClick={() => setEditing(member)}>{t('members.change')}</button> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {administers ? <Invitations labelOf={labelOf} /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {editing === undefined ? null : <RolesDialog member={editing} roles={roles.data ?? []} isMe={editing.userId === me.id} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

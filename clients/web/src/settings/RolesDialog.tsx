import type { Member } from '../api/members';
import { saidOf } from '../api/told';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../ui/Notice';
import { membersQuery, removeMember, setRoles, type Role } from './tenants';

interface Props {
  readonly member: Member;
  readonly roles: readonly Role[];
  readonly isMe: boolean;
  readonly onClose: () => void;
}

/** Which roles somebody has; or that they are no longer of the company. */
export function RolesDialog({ member, roles, isMe, onClose }: Props) {
  const [t, id, client, tell] = [useTranslations('settings'), useId(), useQueryClient(), useNotice()];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(member.roles));
  const [sure, setSure] = useState(false);
  const name = member.displayName || member.email;
  const done = (text: string) => {
    onClose();
    tell({ text });
    void client.invalidateQueries({ queryKey: membersQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['access'] });
    void client.invalidateQueries({ queryKey: ['members'] });
  };
  const save = useMutation({ mutationFn: () => setRoles(member, [...chosen]), onSuccess: () => done(t('members.saved', { name })) });
  const remove = useMutation({ mutationFn: () => removeMember(member), onSuccess: () => done(t('members.removed', { name })) });
  const fault = save.error ?? remove.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const toggle = (role: string) => setChosen((now) => new Set(now.has(role) ? [...now].filter((entry) => entry !== role) : [...now, role]));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit}>
        <header><h2 id={`${id}-title`}>{t('members.rolesOf', { name })}</h2></header>
        <div className="form-fields one">
          <fieldset className="choices">
            <legend className="unseen">{t('members.roles')}</legend>
            {roles.map((role) => (
              <label key={role.name} title={role.permissions.join(', ')}><input type="checkbox" checked={chosen.has(role.name)} onChange={() => toggle(role.name)} /><span>{role.displayName || role.name} <small className="dim">{t('members.permissions', { count: role.permissions.length })}</small></span></label>
            ))}
          </fieldset>
          {fault === null ? null : <p className="fault" role="alert">{saidOf(fault)}</p>}
        </div>
        <footer>
          {isMe ? null : <button type="button" className="button ghost danger" disabled={remove.isPending} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('members.removeSure') : t('members.remove')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

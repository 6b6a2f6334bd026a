import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../ui/Notice';
import { invitationsQuery, invite, useRoles } from './tenants';
import { faultsOf } from './objects/fields';
import { faulty, Labelled } from './objects/Labelled';

/** Somebody is asked to work in the company: they get a mail, and are a member as soon as they have followed it. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [t, id, client, tell] = [useTranslations('settings'), useId(), useQueryClient(), useNotice()];
  const roles = useRoles().data ?? [];
  const [email, setEmail] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const send = useMutation({
    mutationFn: () => invite({ email: email.trim(), displayName: displayName.trim(), roles: [...chosen] }),
    onSuccess: (invitation) => {
      onClose();
      tell({ text: t('invitations.sent', { email: invitation.email }) });
      void client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  const problem = send.error instanceof ApiProblem ? send.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'invitation');
  // Who is invited or a member already is told at the address.
  const taken = problem?.code === 'ALREADY_INVITED' || problem?.code === 'ALREADY_MEMBER' ? problem.message : undefined;
  const [emailFault, nameFault, rolesFault] = [faults.get('email') ?? taken, faults.get('displayName'), faults.get('roles') ?? faults.get('roles[0]')];
  const placed = emailFault ?? nameFault ?? rolesFault;
  const toggle = (role: string) => setChosen((now) => new Set(now.has(role) ? [...now].filter((entry) => entry !== role) : [...now, role]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Dialog open onClose={send.isPending ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t('invitations.invite')}</h2></header>
        <div className="form-fields one">
          <Labelled id={`${id}-email`} label={t('invitations.email')} fault={emailFault} required>
            <input {...faulty(`${id}-email`, emailFault)} className="input" type="email" autoFocus autoComplete="off" maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />
          </Labelled>
          <Labelled id={`${id}-name`} label={t('invitations.name')} fault={nameFault}>
            <input {...faulty(`${id}-name`, nameFault)} className="input" autoComplete="off" maxLength={200} value={displayName} onChange={(event) => setDisplayName(event.target.value)} />
          </Labelled>
          <fieldset className="choices">
            <legend className="form-label">{t('members.roles')}</legend>
            {roles.map((role) => (
              <label key={role.name} title={role.permissions.join(', ')}><input type="checkbox" checked={chosen.has(role.name)} onChange={() => toggle(role.name)} /><span>{role.displayName || role.name} <small className="dim">{t('members.permissions', { count: role.permissions.length })}</small></span></label>
            ))}
            {rolesFault === undefined ? null : <p className="fault" role="alert">{rolesFault}</p>}
          </fieldset>
          {send.isError && placed === undefined ? <p className="fault" role="alert">{problem?.message ?? send.error.message}</p> : null}
        </div>
        <footer>
          <button type="button" className="button ghost" disabled={send.isPending} onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={send.isPending || email.trim() === '' || chosen.size === 0}>{t('invitations.send')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../../ui/Notice';
import { faultsOf, keyOf } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { permissionsQuery, rolesQuery, type Role } from '../tenants';
import { createRole, deleteRole, roleName, updateRole } from './policies';

/** What a role grants, module by module; a built-in one is only looked at. */
export function RoleDialog({ role, onClose }: { readonly role: Role | undefined; readonly onClose: () => void }) {
  const [t, words, id, client, tell] = [useTranslations('roles'), useTranslations('settings'), useId(), useQueryClient(), useNotice()];
  const groups = useQuery(permissionsQuery).data ?? [];
  const [displayName, setDisplayName] = useState(role?.displayName ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(role?.permissions ?? []));
  const [sure, setSure] = useState(false);
  const fixed = role?.builtIn ?? false;
  const done = (text: string) => {
    onClose();
    tell({ text });
    void client.invalidateQueries({ queryKey: rolesQuery.queryKey });
    void client.invalidateQueries({ queryKey: ['access'] });
  };
  const save = useMutation({
    mutationFn: () => {
      const draft = { name: role?.name ?? roleName(keyOf(displayName)), displayName: displayName.trim(), permissions: [...chosen] };
      return role === undefined ? createRole(draft) : updateRole(draft);
    },
    onSuccess: () => done(t('roleSaved', { name: displayName })),
  });
  const remove = useMutation({ mutationFn: () => deleteRole(role?.name ?? ''), onSuccess: () => done(t('roleDeleted', { name: displayName })) });
  const fault = save.error ?? remove.error;
  const faults = faultsOf(fault instanceof ApiProblem ? fault.errors : [], 'role');
  const nameFault = faults.get('displayName') ?? faults.get('name');
  const actionOf = (name: string) => {
    const action = name.slice(name.indexOf('.') + 1);
    return t.has(`acts.${action}` as never) ? t(`acts.${action}` as never) : action;
  };
  const set = (names: readonly string[], on: boolean) => setChosen((now) => new Set(on ? [...now, ...names] : [...now].filter((name) => !names.includes(name))));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fixed) save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{role === undefined ? t('newRole') : role.displayName || role.name}</h2><button type="button" className="icon-button" aria-label={words('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll padded tw:grid tw:gap-4 tw:content-start">
          {fixed ? <p className="dim">{t('fixed')}</p> : (
            <Labelled id={`${id}-name`} label={t('name')} fault={nameFault} required><input {...faulty(`${id}-name`, nameFault)} className="input" autoFocus autoComplete="off" maxLength={100} value={displayName} onChange={(event) => setDisplayName(event.target.value)} /></Labelled>
          )}
          {groups.map(({ module, permissions }) => {
            const all = permissions.every((name) => chosen.has(name));
            return (
              <fieldset key={module} className="choices many module" disabled={fixed}>
                <legend><label><input type="checkbox" checked={all} onChange={() => set(permissions, !all)} />{t.has(`modules.${module}` as never) ? t(`modules.${module}` as never) : module}</label></legend>
                {permissions.map((name) => <label key={name}><input type="checkbox" checked={chosen.has(name)} onChange={() => set([name], !chosen.has(name))} /><span title={name}>{actionOf(name)}</span></label>)}
              </fieldset>
            );
          })}
        </div>
        {fault === null || nameFault !== undefined ? null : <p className="fault" role="alert">{fault instanceof ApiProblem ? (fault.errors[0]?.message ?? fault.message) : fault.message}</p>}
        <footer>
          {role === undefined || fixed ? null : <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('deleteSure') : t('delete')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          {fixed ? null : <button type="submit" className="button primary" disabled={save.isPending || displayName.trim() === '' || chosen.size === 0}>{words('save')}</button>}
        </footer>
      </form>
    </Dialog>
  );
}

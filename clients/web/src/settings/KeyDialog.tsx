import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { usePermissions } from '../api/me';
import { saidOf } from '../api/told';
import { useCopy } from '../ui/useCopy';
import { createKey, keysQuery, permissionsQuery } from './tenants';

/** A new key: what it is for and what it may do, of what its maker may do; and then the key, this once. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const [t, id, client, mine] = [useTranslations('settings'), useId(), useQueryClient(), usePermissions()];
  const groups = (useQuery(permissionsQuery).data ?? []).map(({ module, permissions }) => ({ module, permissions: permissions.filter((permission) => mine.includes(permission)) })).filter((group) => group.permissions.length > 0);
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const create = useMutation({ mutationFn: () => createKey({ displayName: displayName.trim(), permissions: [...chosen] }), onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }) });
  const toggle = (name: string) => setChosen((now) => new Set(now.has(name) ? [...now].filter((entry) => entry !== name) : [...now, name]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const fault = create.error;
  // Escape and a click beside it do not lose a key that is being made, or is shown this once.
  const leave = () => {
    if (!create.isPending && create.data === undefined) onClose();
  };
  const copy = useCopy({ copied: t('keys.copied'), refused: t('keys.notCopied') });
  return (
    <Dialog open onClose={leave} fullWidth maxWidth="sm" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit}>
        <header><h2 id={`${id}-title`}>{t('keys.create')}</h2></header>
        {create.data === undefined ? (
          <div className="form-fields one">
            <div className="form-field"><label htmlFor={`${id}-name`}>{t('keys.name')}</label><input id={`${id}-name`} className="input" autoFocus required maxLength={200} value={displayName} onChange={(event) => setDisplayName(event.target.value)} /></div>
            {groups.map((group) => (
              <fieldset key={group.module} className="choices many">
                <legend>{group.module}</legend>
                {group.permissions.map((permission) => <label key={permission}><input type="checkbox" checked={chosen.has(permission)} onChange={() => toggle(permission)} /><code>{permission}</code></label>)}
              </fieldset>
            ))}
            {fault === null ? null : <p className="fault" role="alert">{saidOf(fault)}</p>}
          </div>
        ) : (
          <div className="form-fields one">
            <p>{t('keys.once')}</p>
            <div className="form-field"><label htmlFor={`${id}-key`}>{t('keys.key')}</label><input id={`${id}-key`} className="input mono" readOnly value={create.data.key} onFocus={(event) => event.target.select()} /></div>
          </div>
        )}
        <footer>
          {create.data === undefined ? (
            <><button type="button" className="button ghost" disabled={create.isPending} onClick={onClose}>{t('cancel')}</button><button type="submit" className="button primary" disabled={create.isPending || chosen.size === 0}>{t('keys.create')}</button></>
          ) : (
            <><button type="button" className="button" onClick={() => void copy(create.data.key)}>{t('keys.copy')}</button><button type="button" className="button primary" onClick={onClose}>{t('keys.kept')}</button></>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

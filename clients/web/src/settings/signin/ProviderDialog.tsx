import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { faultsOf } from '../objects/fields';
import { faulty, Labelled } from '../objects/Labelled';
import { Addresses } from './Addresses';
import { OidcFields } from './OidcFields';
import { createProvider, draftOf, emptyProvider, updateProvider, type Kind, type Provider, type ProviderDraft } from './providers';
import { SamlFields } from './SamlFields';

/** What the parts of the form know and do. */
export interface PartProps {
  readonly id: string;
  readonly isNew: boolean;
  readonly draft: ProviderDraft;
  /** What was refused, by the field. */
  readonly faults: ReadonlyMap<string, string>;
  readonly change: (parts: Partial<ProviderDraft>) => void;
}

const kinds: readonly Kind[] = ['oidc', 'saml'];
// Of what a refusal names, what stands somewhere in the form.
const placed = /^(displayName$|oidc\.|saml\.)/;

/** A server of the company's: what the platform has to know of it, and then what it has to know of the platform. */
export function ProviderDialog({ provider, onClose, onDone }: { readonly provider: Provider | undefined; readonly onClose: () => void; readonly onDone: () => void }) {
  const [t, id, tell, here] = [useTranslations('signIn'), useId(), useNotice(), useHere()];
  const isNew = provider === undefined;
  const [draft, setDraft] = useState<ProviderDraft>(isNew ? emptyProvider : draftOf(provider));
  const save = useMutation({
    mutationFn: () => (isNew ? createProvider(draft) : updateProvider(provider, draft)),
    onSuccess: (saved) => {
      tell({ text: t(isNew ? 'made' : 'saved', { name: saved.displayName }) });
      onDone();
      if (!isNew && here.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'identityProvider');
  const unplaced = save.isError && ![...faults.keys()].some((part) => placed.test(part));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const change = (parts: Partial<ProviderDraft>) => setDraft((now) => ({ ...now, ...parts }));
  const about: PartProps = { id, isNew, draft, faults, change };
  const made = isNew ? save.data : undefined;
  return (
    <Dialog open onClose={save.isPending ? undefined : onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-heading`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-heading`}>{isNew ? t('add') : t('changeServer', { name: provider.displayName })}</h2><button type="button" className="icon-button" aria-label={t('cancel')} disabled={save.isPending} onClick={onClose}><X size={16} aria-hidden /></button></header>
        {made === undefined ? (
          <div className="form-scroll">
            <div className="form-fields bare-top">
              {isNew ? (
                <div className="switch wide" role="group" aria-label={t('kind')}>
                  {kinds.map((kind) => <button key={kind} type="button" aria-pressed={draft.kind === kind} onClick={() => change({ kind })}>{t(`kinds.${kind}`)}</button>)}
                </div>
              ) : <p className="dim wide">{t('stays')}</p>}
              <Labelled id={`${id}-displayName`} label={t('name')} fault={faults.get('displayName')} hint={t('nameHint')} wide required>
                <input {...faulty(`${id}-displayName`, faults.get('displayName'))} className="input" autoFocus autoComplete="off" maxLength={100} value={draft.displayName} onChange={(event) => change({ displayName: event.target.value })} />
              </Labelled>
            </div>
            {draft.kind === 'oidc' ? <OidcFields {...about} /> : <SamlFields {...about} />}
          </div>
        ) : <div className="form-scroll padded"><p>{t('nowThem')}</p><Addresses provider={made} /></div>}
        {unplaced ? <p className="fault" role="alert">{problem?.errors[0]?.message ?? save.error?.message}</p> : null}
        <footer>
          {made === undefined ? (
            <><button type="button" className="button ghost" disabled={save.isPending} onClick={onClose}>{t('cancel')}</button><button type="submit" className="button primary" disabled={save.isPending}>{isNew ? t('make') : t('save')}</button></>
          ) : <button type="button" className="button primary" autoFocus onClick={onClose}>{t('done')}</button>}
        </footer>
      </form>
    </Dialog>
  );
}

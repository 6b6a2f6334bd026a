import { useTranslations } from 'next-intl';
import { faulty, Labelled } from '../objects/Labelled';
import type { PartProps } from './ProviderDialog';

const addresses = ['issuer', 'authorizationUrl', 'tokenUrl', 'jwksUrl'] as const;

/** What the platform has to know of a server of OpenID Connect. */
export function OidcFields({ id, isNew, draft: { oidc }, faults, change }: PartProps) {
  const t = useTranslations('signIn');
  const set = (parts: Partial<typeof oidc>) => change({ oidc: { ...oidc, ...parts } });
  const input = (name: string) => ({ ...faulty(`${id}-${name}`, faults.get(`oidc.${name}`)), className: 'input', autoComplete: 'off', spellCheck: false });
  const labelled = (name: string) => ({ id: `${id}-${name}`, fault: faults.get(`oidc.${name}`) });
  return (
    <div className="form-fields">
      {addresses.map((name) => (
        <Labelled key={name} {...labelled(name)} label={t(`oidc.${name}`)} required>
          <input {...input(name)} className="input mono" type="url" maxLength={500} readOnly={name === 'issuer' && !isNew} value={oidc[name]} onChange={(event) => set({ [name]: event.target.value.trim() })} />
        </Labelled>
      ))}
      <Labelled {...labelled('clientId')} label={t('oidc.clientId')} required>
        <input {...input('clientId')} maxLength={255} value={oidc.clientId} onChange={(event) => set({ clientId: event.target.value })} />
      </Labelled>
      <Labelled {...labelled('clientSecret')} label={t('oidc.clientSecret')} hint={isNew ? undefined : t('oidc.secretStays')} required={isNew}>
        <input {...input('clientSecret')} type="password" autoComplete="new-password" maxLength={1000} value={oidc.clientSecret} onChange={(event) => set({ clientSecret: event.target.value })} />
      </Labelled>
      <Labelled {...labelled('endSessionUrl')} label={t('oidc.endSessionUrl')} hint={t('signOutHint')} wide>
        <input {...input('endSessionUrl')} className="input mono" type="url" maxLength={500} value={oidc.endSessionUrl} onChange={(event) => set({ endSessionUrl: event.target.value.trim() })} />
      </Labelled>
      <label className="check-line wide"><input type="checkbox" disabled={oidc.endSessionUrl === ''} checked={oidc.callEndSession && oidc.endSessionUrl !== ''} onChange={(event) => set({ callEndSession: event.target.checked })} /><span className="who"><span>{t('oidc.callEndSession')}</span><small className="dim">{t('oidc.callHint')}</small></span></label>
    </div>
  );
}

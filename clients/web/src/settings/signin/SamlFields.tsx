import { useTranslations } from 'next-intl';
import { faulty, Labelled } from '../objects/Labelled';
import { Certificates } from './Certificates';
import { FromMetadata } from './FromMetadata';
import type { PartProps } from './ProviderDialog';
import type { Saml } from './providers';

const formats = ['', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress', 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'];
const sends = ['postRequests', 'postSignOuts'] as const;
const wants = ['wantSignedAssertions', 'wantEncryptedAssertions', 'allowSignInsBegunThere'] as const;

/** What the platform has to know of a server of SAML. */
export function SamlFields(part: PartProps) {
  const { id, isNew, draft: { saml }, faults, change } = part;
  const t = useTranslations('signIn');
  const set = (parts: Partial<Saml>) => change({ saml: { ...saml, ...parts } });
  const input = (name: string) => ({ ...faulty(`${id}-${name}`, faults.get(`saml.${name}`)), className: 'input mono', autoComplete: 'off', spellCheck: false, maxLength: 500 });
  const labelled = (name: string) => ({ id: `${id}-${name}`, fault: faults.get(`saml.${name}`) });
  const check = (name: 'postRequests' | 'postSignOuts' | (typeof wants)[number], disabled = false) => (
    <label key={name} className="check-line wide"><input type="checkbox" disabled={disabled} checked={saml[name] && !disabled} onChange={(event) => set({ [name]: event.target.checked })} /><span className="who"><span>{t(`saml.${name}`)}</span><small className="dim">{t(`saml.${name}Hint`)}</small></span></label>
  );
  return (
    <div className="form-fields">
      <FromMetadata id={id} isNew={isNew} saml={saml} onFound={set} />
      <Labelled {...labelled('entityId')} label={t('saml.entityId')} wide required>
        <input {...input('entityId')} readOnly={!isNew} value={saml.entityId} onChange={(event) => set({ entityId: event.target.value.trim() })} />
      </Labelled>
      <Labelled {...labelled('signOnUrl')} label={t('saml.signOnUrl')} required>
        <input {...input('signOnUrl')} type="url" value={saml.signOnUrl} onChange={(event) => set({ signOnUrl: event.target.value.trim() })} />
      </Labelled>
      <Labelled {...labelled('signOutUrl')} label={t('saml.signOutUrl')} hint={t('signOutHint')}>
        <input {...input('signOutUrl')} type="url" value={saml.signOutUrl} onChange={(event) => set({ signOutUrl: event.target.value.trim() })} />
      </Labelled>
      <Certificates {...part} />
      <Labelled {...labelled('nameIdFormat')} label={t('saml.nameIdFormat')} wide>
        <select {...faulty(`${id}-nameIdFormat`, faults.get('saml.nameIdFormat'))} className="input" value={saml.nameIdFormat} onChange={(event) => set({ nameIdFormat: event.target.value })}>
          {[...new Set([...formats, saml.nameIdFormat])].map((format) => <option key={format} value={format}>{format === '' ? t('saml.persistent') : format.slice(format.lastIndexOf(':') + 1)}</option>)}
        </select>
      </Labelled>
      <label className="check-line wide"><input type="checkbox" checked={!saml.unsignedRequests} onChange={(event) => set({ unsignedRequests: !event.target.checked })} /><span className="who"><span>{t('saml.signedRequests')}</span><small className="dim">{t('saml.signedRequestsHint')}</small></span></label>
      {sends.map((name) => check(name, name === 'postSignOuts' && saml.signOutUrl === ''))}
      {wants.map((name) => check(name))}
    </div>
  );
}

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { withOne, withoutOne } from '../forms/forms';
import type { PartProps } from './ProviderDialog';

const most = 5;

/** With which keys that server signs: several, so that the next one is there before the last one ends. */
export function Certificates({ id, draft: { saml }, faults, change }: PartProps) {
  const t = useTranslations('signIn');
  const set = (certificates: string[]) => change({ saml: { ...saml, certificates } });
  const whole = faults.get('saml.certificates');
  return (
    <fieldset className="choices wide">
      <legend className="form-label">{t('saml.certificates')}<span className="required" aria-hidden> *</span></legend>
      {saml.certificates.map((text, at) => {
        const fault = faults.get(`saml.certificates[${at}]`);
        const name = t('saml.certificate', { number: at + 1 });
        return (
          // They have no name but their place.
          <div key={at} className="certificate-line">
            <textarea className="input area mono" rows={3} maxLength={8000} spellCheck={false} aria-label={name} placeholder="-----BEGIN CERTIFICATE-----" aria-invalid={fault !== undefined || whole !== undefined} aria-describedby={fault === undefined ? undefined : `${id}-certificate-${at}`} value={text} onChange={(event) => set(withOne(saml.certificates, at, event.target.value))} />
            <button type="button" className="icon-button" disabled={saml.certificates.length === 1} aria-label={t('saml.removeCertificate', { number: at + 1 })} onClick={() => set(withoutOne(saml.certificates, at))}><X size={14} aria-hidden /></button>
            {fault === undefined ? null : <p id={`${id}-certificate-${at}`} className="fault" role="alert">{fault}</p>}
          </div>
        );
      })}
      {whole === undefined ? null : <p className="fault" role="alert">{whole}</p>}
      {saml.certificates.length >= most ? null : <button type="button" className="button ghost add" onClick={() => set([...saml.certificates, ''])}><Plus size={15} aria-hidden />{t('saml.addCertificate')}</button>}
    </fieldset>
  );
}

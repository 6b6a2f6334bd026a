import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { translated } from '../objects/ObjectDialog';
import type { PartProps } from './FormDialog';
import { consentKey, faultAt, withoutOne, withOne, type Consent } from './forms';

/** What somebody agrees to. What it is called on timelines follows the words until it is kept. */
export function FormConsents({ id, draft, faults, change, known }: PartProps & { readonly known: readonly Consent[] }) {
  const t = useTranslations('forms');
  const { consents } = draft;
  const set = (at: number, parts: Partial<Consent>) => change({ consents: withOne(consents, at, { ...consents[at]!, ...parts }) });
  const write = (at: number, text: string) =>
    set(at, { text, ...(known.some(({ key }) => key === consents[at]!.key) ? {} : { key: consentKey(text, withoutOne(consents, at)) }) });
  const add = () => change({ consents: [...consents, { key: consentKey('', consents), text: '', textTranslations: {}, required: true }] });
  return (
    <fieldset className="plain-set form-part">
      <legend className="form-label">{t('consents')}</legend>
      <ol className="choice-list">
        {consents.map((consent, at) => {
          const fault = faultAt(faults, 'consents', at);
          return (
            <li key={at} className="consent-line">
              <textarea className="input area" rows={2} aria-label={t('consentAt', { number: at + 1 })} maxLength={1000} value={consent.text} aria-invalid={fault !== undefined} aria-describedby={fault === undefined ? undefined : `${id}-consent-${at}`} onChange={(event) => write(at, event.target.value)} />
              <textarea className="input area" lang="ru" rows={2} aria-label={t('consentRussian', { number: at + 1 })} placeholder={t('russian')} maxLength={1000} value={consent.textTranslations['ru'] ?? ''} onChange={(event) => set(at, { textTranslations: translated(consent.textTranslations, event.target.value) })} />
              <label className="check-line"><input type="checkbox" checked={consent.required} onChange={(event) => set(at, { required: event.target.checked })} />{t('required')}<span className="unseen">: {at + 1}</span></label>
              <code className="dim truncate">{consent.key}</code>
              <button type="button" className="icon-button" aria-label={t('remove', { name: consent.text || consent.key })} onClick={() => change({ consents: withoutOne(consents, at) })}><X size={14} aria-hidden /></button>
              {fault === undefined ? null : <p id={`${id}-consent-${at}`} className="fault" role="alert">{fault}</p>}
            </li>
          );
        })}
      </ol>
      {faults.has('consents') ? <p className="fault" role="alert">{faults.get('consents')}</p> : null}
      <button type="button" className="button ghost add" onClick={add}><Plus size={15} aria-hidden />{t('addConsent')}</button>
    </fieldset>
  );
}

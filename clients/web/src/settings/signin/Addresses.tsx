import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useCopy } from '../../ui/useCopy';
import { addressesOf, type Provider } from './providers';

/** What the administrator of that server enters there, to be copied. */
export function Addresses({ provider }: { readonly provider: Provider }) {
  const [t, id] = [useTranslations('signIn'), useId()];
  const copy = useCopy({ copied: t('copied'), refused: t('notCopied') });
  return (
    <ul className="addresses">
      {addressesOf(provider).map(([name, address]) => (
        <li key={name} className="form-field">
          <label htmlFor={`${id}-${name}`}>{t(`addresses.${name}`)}</label>
          <span className="copied-line">
            <input id={`${id}-${name}`} className="input mono" readOnly value={address} onFocus={(event) => event.target.select()} />
            <button type="button" className="icon-button" aria-label={t('copy', { what: t(`addresses.${name}`) })} onClick={() => void copy(address)}><Copy size={14} aria-hidden /></button>
          </span>
          {name === 'metadata' ? <small>{t('metadataHint')} <a href={address} target="_blank" rel="noreferrer">{t('metadataOpen')}</a></small> : null}
          {name === 'backChannel' ? <small>{t('backChannelHint')}</small> : null}
        </li>
      ))}
    </ul>
  );
}

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState, type ChangeEvent } from 'react';
import { useHere } from '../../ui/useHere';
import type { Saml } from './providers';
import { longestMetadata, samlOf } from './samlMetadata';

interface Props {
  readonly id: string;
  readonly isNew: boolean;
  readonly saml: Saml;
  readonly onFound: (parts: Partial<Saml>) => void;
}

/** A server's metadata fills in the form. It is read in the browser and sent nowhere; of another server's nothing is taken into one that is there. */
export function FromMetadata({ id, isNew, saml, onFound }: Props) {
  const [t, here] = [useTranslations('signIn'), useHere()];
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean }>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file === undefined) return;
    const found = file.size > longestMetadata ? undefined : samlOf(await file.text());
    // The same file may be chosen again, once it has been mended.
    target.value = '';
    if (!here.current) return;
    if (found === undefined) setSaid({ text: t('saml.noMetadata', { name: file.name }), bad: true });
    else if (!isNew && found.entityId !== saml.entityId) setSaid({ text: t('saml.anotherServer', { name: found.entityId }), bad: true });
    else {
      onFound(found);
      setSaid({ text: t('saml.filled', { count: found.certificates.filter((text) => text !== '').length }), bad: false });
    }
  };
  return (
    <div className="wide from-metadata">
      <button type="button" className="button" onClick={() => input.current?.click()}><FileUp size={15} aria-hidden />{t('saml.fromMetadata')}</button>
      <input ref={input} id={`${id}-metadata`} className="unseen" type="file" tabIndex={-1} aria-label={t('saml.fromMetadata')} accept=".xml,application/xml,text/xml,application/samlmetadata+xml" onChange={(event) => void choose(event)} />
      <p role="status" className={said?.bad === true ? 'fault' : 'dim'}>{said?.text ?? t('saml.metadataHint')}</p>
    </div>
  );
}

import { Copy, ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useNotice } from '../ui/Notice';

/** The address where the customer sees and answers a quote; it is told this once. */
export function LinkOfQuote({ link }: { readonly link: string }) {
  const [t, id, tell] = [useTranslations('quotes'), useId(), useNotice()];
  const address = new URL(link, location.origin).toString();
  // There may be no clipboard, and a browser may refuse it.
  const copy = () => navigator.clipboard.writeText(address).then(() => tell({ text: t('copied') }), () => tell({ text: t('notCopied'), bad: true }));
  return (
    <section className="quote-link" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className="section-title">{t('linkTitle')}</h3>
      <p className="dim">{t('linkHint')}</p>
      <div className="tw:flex tw:gap-2 tw:flex-wrap">
        <input className="input mono grow" readOnly aria-label={t('link')} value={address} onFocus={(event) => event.target.select()} />
        <button type="button" className="button primary" onClick={() => void copy()}><Copy size={14} aria-hidden />{t('copy')}</button>
        <a className="button" href={link} target="_blank" rel="noreferrer"><ExternalLink size={14} aria-hidden />{t('open')}</a>
      </div>
    </section>
  );
}

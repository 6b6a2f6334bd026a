import { useLocale, useTranslations } from 'next-intl';
import { formatDate } from '../fields/date';
import { languages } from '../i18n/languages';
import { faulty, Labelled } from '../settings/objects/Labelled';
import type { Quote, QuoteInput } from './quotes';

interface Props {
  readonly id: string;
  readonly quote: Quote;
  readonly texts: QuoteInput;
  readonly faults: ReadonlyMap<string, string>;
  readonly readOnly: boolean;
  readonly onChange: (parts: QuoteInput) => void;
}

/** To whom, until when, and what stands above and below the lines. */
export function QuoteTexts({ id, quote, texts, faults, readOnly, onChange }: Props) {
  const [t, locale] = [useTranslations('quotes'), useLocale()];
  const now = { ...quote, ...texts };
  if (readOnly)
    return (
      <dl className="quote-facts">
        <div><dt>{t('buyer')}</dt><dd>{quote.buyer?.name ?? '—'}</dd></div>
        <div><dt>{t('expireDate')}</dt><dd>{formatDate(quote.expireDate, locale)}</dd></div>
        {quote.introduction === '' ? null : <div className="wide"><dt>{t('introduction')}</dt><dd className="lines">{quote.introduction}</dd></div>}
        {quote.terms === '' ? null : <div className="wide"><dt>{t('terms')}</dt><dd className="lines">{quote.terms}</dd></div>}
      </dl>
    );
  const field = (part: 'name' | 'expireDate' | 'introduction' | 'terms') => ({ ...faulty(`${id}-${part}`, faults.get(part)), value: now[part] ?? '', onChange: (event: { target: { value: string } }) => onChange({ [part]: event.target.value }) });
  return (
    <div className="form-fields bare">
      <Labelled id={`${id}-name`} label={t('name')} fault={faults.get('name')}><input {...field('name')} className="input" maxLength={200} autoComplete="off" /></Labelled>
      <Labelled id={`${id}-expireDate`} label={t('expireDate')} fault={faults.get('expireDate')}><input {...field('expireDate')} className="input" type="date" /></Labelled>
      <div className="form-field"><span className="form-label">{t('buyer')}</span><p className="plain-value">{quote.buyer?.name || t('noBuyer')}</p></div>
      <Labelled id={`${id}-language`} label={t('language')} fault={faults.get('language')}>
        <select {...faulty(`${id}-language`, faults.get('language'))} className="input" value={now.language} onChange={(event) => onChange({ language: event.target.value })}>{Object.entries(languages).map(([key, label]) => <option key={key} value={key}>{label}</option>)}</select>
      </Labelled>
      <Labelled id={`${id}-introduction`} label={t('introduction')} fault={faults.get('introduction')} wide><textarea {...field('introduction')} className="input area" rows={2} /></Labelled>
      <Labelled id={`${id}-terms`} label={t('terms')} fault={faults.get('terms')} wide><textarea {...field('terms')} className="input area" rows={2} /></Labelled>
      <label className="check-line wide"><input type="checkbox" checked={now.winsDeal ?? true} onChange={(event) => onChange({ winsDeal: event.target.checked })} /><span>{t('winsDeal')}</span></label>
    </div>
  );
}

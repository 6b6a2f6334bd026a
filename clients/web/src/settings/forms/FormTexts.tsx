import { useTranslations } from 'next-intl';
import { faulty, Labelled } from '../objects/Labelled';
import { translated } from '../objects/ObjectDialog';
import type { PartProps } from './FormDialog';

/** What the form says, where it is, and what its leads are known by. */
export function FormTexts({ id, draft, faults, change, isNew }: PartProps & { readonly isNew: boolean }) {
  const t = useTranslations('forms');
  const input = (part: string) => ({ ...faulty(`${id}-${part}`, faults.get(part)), className: 'input', autoComplete: 'off' });
  const area = (part: 'introduction' | 'thanks') => (
    <>
      <Labelled id={`${id}-${part}`} label={t(`parts.${part}`)} fault={faults.get(part)}>
        <textarea {...input(part)} className="input area" rows={2} maxLength={1000} value={draft[part]} onChange={(event) => change({ [part]: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-${part}Translations`} label={t('inRussian', { label: t(`parts.${part}`) })} fault={faults.get(`${part}Translations`)}>
        <textarea {...input(`${part}Translations`)} className="input area" lang="ru" rows={2} maxLength={1000} value={draft[`${part}Translations`]['ru'] ?? ''} onChange={(event) => change({ [`${part}Translations`]: translated(draft[`${part}Translations`], event.target.value) })} />
      </Labelled>
    </>
  );
  return (
    <div className="form-fields bare-top">
      <Labelled id={`${id}-title`} label={t('parts.title')} fault={faults.get('title')} required>
        <input {...input('title')} autoFocus maxLength={100} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-titleTranslations`} label={t('inRussian', { label: t('parts.title') })} fault={faults.get('titleTranslations')}>
        <input {...input('titleTranslations')} lang="ru" maxLength={100} value={draft.titleTranslations['ru'] ?? ''} onChange={(event) => change({ titleTranslations: translated(draft.titleTranslations, event.target.value) })} />
      </Labelled>
      <Labelled id={`${id}-slug`} label={t('parts.slug')} fault={faults.get('slug')} hint={isNew ? t('slugHint') : t('slugStays')} required={isNew}>
        <input {...input('slug')} className="input mono" maxLength={60} readOnly={!isNew} spellCheck={false} value={draft.slug} onChange={(event) => change({ slug: event.target.value })} />
      </Labelled>
      <Labelled id={`${id}-source`} label={t('parts.source')} fault={faults.get('source')} hint={t('sourceHint')}>
        <input {...input('source')} maxLength={100} value={draft.source} onChange={(event) => change({ source: event.target.value })} />
      </Labelled>
      {area('introduction')}
      {area('thanks')}
      <label className="check-line wide"><input type="checkbox" checked={draft.open} onChange={(event) => change({ open: event.target.checked })} />{t('parts.open')}</label>
    </div>
  );
}

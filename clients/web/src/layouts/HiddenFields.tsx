import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { hiddenOf, type Section } from './layouts';

/** Fields that the layout does not name, each to be shown with one press. */
export function HiddenFields({ resource, sections, onShow }: { readonly resource: Resource; readonly sections: readonly Section[]; readonly onShow: (path: string) => void }) {
  const [t, fields] = [useTranslations('layouts'), hiddenOf(resource, sections)];
  if (fields.length === 0) return null;
  return (
    <section className="tw:grid tw:gap-2" aria-label={t('hiddenFields')}>
      <h2 className="section-title">{t('hiddenFields')}</h2>
      <div className="pills">{fields.map((field) => <button key={field.path} type="button" className="pill show-field" aria-label={t('show', { name: field.label })} onClick={() => onShow(field.path)}><Eye size={13} aria-hidden />{field.label}</button>)}</div>
    </section>
  );
}

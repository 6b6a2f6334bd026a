import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../../api/api';

/** The fields that the platform itself gives: what filters, formulas and policies call them. */
export function BuiltInFields({ resource }: { readonly resource: Resource }) {
  const t = useTranslations('designer');
  const fields = resource.fields.filter((field) => field.builtIn && field.path !== 'etag' && field.path !== 'custom_fields' && field.access !== 'hidden');
  return (
    <details className="tw:grid tw:gap-2 built-in">
      <summary className="section-title">{t('platformFields', { count: fields.length })}</summary>
      <ul className="rows-list">
        {fields.map(({ path, label, type, outputOnly }) => (
          <li key={path} className="row-link fixed">
            <span className="grow truncate">{label}</span>
            {outputOnly ? <Lock size={12} aria-label={t('setByPlatform')} /> : null}
            <code className="dim">{path}</code>
            <span className="dim kind-name">{t.has(`kinds.${type.toUpperCase()}` as never) ? t(`kinds.${type.toUpperCase()}` as never) : t('kinds.OTHER')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { useTranslations } from 'next-intl';
import type { Resource, Row } from '../api/api';
import { FieldRow } from './FieldRow';
import { isWorthShowing, sectionsOf } from './sections';

/** All fields of a record that the caller may see, each to be changed where it stands. */
export function FieldPanel({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('records');
  return sectionsOf(resource).map((section, index) => {
    const fields = section.fields.filter((field) => isWorthShowing(field, row) && field.path !== 'id');
    return fields.length === 0 ? null : (
      <section key={section.title || index} className="fields">
        <h2>{section.title || t('details')}</h2>
        <dl>{fields.map((field) => <FieldRow key={field.path} resource={resource} row={row} field={field} readOnly={section.readOnly.has(field.path)} />)}</dl>
      </section>
    );
  });
}

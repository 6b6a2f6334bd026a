import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Resource, Row } from '../api/api';
import { mayChange } from '../api/rights';
import { asksRecord } from '../layouts/layouts';
import { useLayoutFor } from '../layouts/useLayoutFor';
import { FieldRow } from './FieldRow';
import { isBeside, isWorthShowing, sectionsOf, type Section } from './sections';

/** All fields of a record that the caller may see, each to be changed where it stands. */
export function FieldPanel({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('records');
  const changes = mayChange(resource);
  const layout = useLayoutFor(resource, 'LAYOUT_KIND_FORM', row);
  // Not first one layout and then another.
  if (layout === undefined && asksRecord(resource, 'LAYOUT_KIND_FORM')) return <div className="fields" aria-busy><div className="bone" /></div>;
  return sectionsOf(resource, layout).map((section, index) => {
    const fields = section.fields.filter((field) => isWorthShowing(field, row, changes) && field.path !== 'id' && !isBeside(resource, field, row));
    return fields.length === 0 ? null : (
      <Folding key={section.title || index} section={section} title={section.title || t('details')}>
        <dl>{fields.map((field) => <FieldRow key={field.path} resource={resource} row={row} field={field} readOnly={section.readOnly.has(field.path)} />)}</dl>
      </Folding>
    );
  });
}

/** A section that is closed at first is opened by its heading. */
function Folding({ section, title, children }: { readonly section: Section; readonly title: string; readonly children: ReactNode }) {
  return section.collapsed
    ? <details className="fields"><summary><h2>{title}</h2></summary>{children}</details>
    : <section className="fields"><h2>{title}</h2>{children}</section>;
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Field, Resource, Row } from '../api/api';
import { kindOf } from '../fields/registry';
import { useLanguage } from '../i18n/useLanguage';
import { Skeleton } from '../shell/Skeleton';
import { listRows } from '../records/records';
import { isEmpty, nameOf, seen, valueAt } from '../records/values';
import type { Kind, Section } from './layouts';

/** What comes of the layout, shown with the newest record. */
export function LayoutPreview({ resource, kind, sections }: { readonly resource: Resource; readonly kind: Kind; readonly sections: readonly Section[] }) {
  const [t, [language]] = [useTranslations('layouts'), useLanguage()];
  const sample = useQuery({ queryKey: ['rows', resource.resource, 'related', 'sample'], queryFn: ({ signal }) => listRows(resource.restPath, { pageSize: 1 }, signal), retry: false });
  const row: Row = sample.data?.rows[0] ?? { id: '' };
  const known = new Map(seen(resource).map((field) => [field.path, field]));
  const shown = sections.map((section) => ({ ...section, known: section.fields.flatMap(({ path }) => known.get(path) ?? []) })).filter((section) => section.known.length > 0);
  return (
    <aside className="layout-preview" aria-label={t('preview')}>
      <h2 className="section-title">{t('preview')}</h2>
      <div className="preview-sheet" data-kind={kind} tabIndex={0} role="group" aria-label={t('preview')}>
        {row.id === '' ? null : <b className="truncate">{nameOf(row)}</b>}
        {!sample.isFetched ? <Skeleton /> : kind === 'LAYOUT_KIND_LIST' ? <ListShown resource={resource} fields={shown.flatMap((section) => section.known)} row={row} /> : shown.map((section, index) => (
          <section key={index} className="fields">
            {kind === 'LAYOUT_KIND_FORM' ? <h3 className="section-title">{section.titleTranslations[language] || section.title || t('section', { number: index + 1 })}{section.collapsed ? <small className="dim"> · {t('closed')}</small> : null}</h3> : null}
            <dl>{section.known.map((field) => <div key={field.path} className="field"><dt><span className="truncate">{field.label}</span></dt><dd><div className="value"><Shown resource={resource} field={field} row={row} /></div></dd></div>)}</dl>
          </section>
        ))}
      </div>
    </aside>
  );
}

function ListShown({ resource, fields, row }: { readonly resource: Resource; readonly fields: readonly Field[]; readonly row: Row }) {
  return (
    <div className="grid-scroll"><table className="grid"><thead><tr>{fields.map((field) => <th key={field.path} scope="col">{field.label}</th>)}</tr></thead>
      <tbody><tr>{fields.map((field) => <td key={field.path}><Shown resource={resource} field={field} row={row} /></td>)}</tr></tbody></table></div>
  );
}

function Shown({ resource, field, row }: { readonly resource: Resource; readonly field: Field; readonly row: Row }) {
  const [{ Cell }, value] = [kindOf(field), valueAt(row, field.jsonPath)];
  return isEmpty(value) ? <span className="nothing">—</span> : <Cell resource={resource} field={field} value={value} />;
}

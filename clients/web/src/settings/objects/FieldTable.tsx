import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../../api/api';
import { saidOf } from '../../api/told';
import { useNotice } from '../../ui/Notice';
import { FieldLine } from './FieldLine';
import { inSections, placed, stepped, type FieldDef, type Placement } from './fields';
import { fieldsQuery, placeField, redrawn } from './metadata';

interface Props {
  readonly resource: Resource;
  readonly fields: readonly FieldDef[];
  readonly editable: boolean;
  readonly onEdit: (field: FieldDef) => void;
}

/** The company's own fields in the order of forms, section by section; they are moved by hand or with the arrows. */
export function FieldTable({ resource, fields, editable, onEdit }: Props) {
  const [t, client, tell] = [useTranslations('designer'), useQueryClient(), useNotice()];
  const [said, setSaid] = useState('');
  const place = async (places: readonly Placement[]) => {
    if (places.length === 0) return;
    // Shown at once; what the platform does not take is asked for anew.
    client.setQueryData(fieldsQuery.queryKey, (now) => now?.map((field) => ({ ...field, ...places.find(({ id }) => id === field.id) })));
    try {
      for (const entry of places) await placeField(entry);
      setSaid(t('moved'));
    } catch (fault) {
      tell({ text: fault instanceof Error ? saidOf(fault) : '', bad: true });
    }
    await redrawn(client);
  };
  const drop = (id: string, over: FieldDef, after: boolean) => {
    const others = (inSections(fields).find(([name]) => name === over.section)?.[1] ?? []).filter((field) => field.id !== id);
    void place(placed(fields, id, over.section, others.findIndex((field) => field.id === over.id) + (after ? 1 : 0)));
  };
  return (
    <div className="tw:grid tw:gap-4">
      <p className="unseen" role="status">{said}</p>
      {inSections(fields).map(([section, entries]) => (
        <section key={section} className="tw:grid tw:gap-2" aria-label={section || t('more')}>
          <h2 className="section-title">{section || t('more')}</h2>
          <ul className="rows-list">
            {entries.map((field) => (
              <FieldLine key={field.id} resource={resource} field={field} editable={editable} onEdit={() => onEdit(field)} onDrop={(id, after) => drop(id, field, after)} onStep={(step) => void place(stepped(fields, field.id, step))} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

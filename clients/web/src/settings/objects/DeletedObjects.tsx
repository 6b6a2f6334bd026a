import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useMay } from '../../api/me';
import { formatInstant } from '../../fields/date';
import { useNotice } from '../../ui/Notice';
import { redrawn, restoreField, restoreObject, type ObjectType } from './metadata';
import type { FieldDef } from './fields';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly key: string;
  readonly purgeTime?: string | undefined;
}

interface Props {
  readonly entries: readonly Entry[];
  readonly onRestore: (id: string) => Promise<unknown>;
}

/** What was deleted and can still be restored, with the day until which that is so. */
function Deleted({ entries, onRestore }: Props) {
  const [t, client, tell, may] = [useTranslations('designer'), useQueryClient(), useNotice(), useMay('metadata.write')];
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  const restore = useMutation({
    mutationFn: ({ id }: Entry) => onRestore(id),
    onSuccess: async (_answer, { label }) => {
      await redrawn(client);
      tell({ text: t('restored', { name: label }) });
    },
    onError: (fault) => tell({ text: fault.message, bad: true }),
  });
  if (entries.length === 0) return null;
  return (
    <section className="tw:grid tw:gap-2">
      <h2 className="section-title">{t('deletedOnes')}</h2>
      <ul className="rows-list">
        {entries.map((entry) => (
          <li key={entry.id} className="row-link gone">
            <Trash2 size={16} aria-hidden />
            <span className="who"><span>{entry.label}</span><small>{t('until', { time: formatInstant(entry.purgeTime, locale, timeZone) })}</small></span>
            <span className="grow" />
            {may ? <button type="button" className="button" disabled={restore.isPending} aria-label={`${t('restore')}: ${entry.label}`} onClick={() => restore.mutate(entry)}>{t('restore')}</button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

export const DeletedObjects = ({ objects }: { readonly objects: readonly ObjectType[] }) => <Deleted entries={objects} onRestore={restoreObject} />;
export const DeletedFields = ({ fields }: { readonly fields: readonly FieldDef[] }) => <Deleted entries={fields} onRestore={restoreField} />;

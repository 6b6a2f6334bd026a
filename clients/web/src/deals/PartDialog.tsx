import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Resource, Row } from '../api/api';
import { changed } from '../api/changed';
import { faultsOf } from '../settings/objects/fields';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { PartForm } from './PartForm';
import { emptyEntry, keepPart, type Entry, type Part } from './people';

interface Props {
  readonly resource: Resource;
  readonly row: Row;
  readonly part: Part;
  readonly entries: readonly Entry[];
  readonly onClose: () => void;
}

/** One of the lists of a deal, which is changed as a whole. */
export function PartDialog({ resource, row, part, entries, onClose }: Props) {
  const [t, id, client, tell, here] = [useTranslations('dealPeople'), useId(), useQueryClient(), useNotice(), useHere()];
  const [draft, setDraft] = useState<readonly Entry[]>(entries.length === 0 ? [emptyEntry(part)] : entries);
  // Whoever changes the deal while this is written is not written over.
  const [etag] = useState(row.etag);
  const save = useMutation({
    mutationFn: () => keepPart(row.id, etag, part, draft),
    onSuccess: async () => {
      await changed(client, 'deals.deal', row.id);
      tell({ text: t('saved', { what: t(`${part}.title`) }) });
      if (here.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'deal');
  const unplaced = save.isError && ![...faults.keys()].some((name) => name.startsWith(`${part}[`));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t(`${part}.title`)}</h2><button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll padded">
          <p className="dim form-hint">{t(`${part}.hint`)}</p>
          <PartForm resource={resource} row={row} part={part} entries={draft} faults={faults} onChange={setDraft} />
        </div>
        {unplaced ? <p className="fault" role="alert">{problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.errors[0]?.message ?? save.error?.message)}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('close')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Row } from '../api/api';
import { changed } from '../api/changed';
import { currencyOf } from '../fields/money';
import { faultsOf } from '../settings/objects/fields';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { draftOf, emptyLine, inputOf, type LineDraft, type LineItem } from './lines';
import { LinesForm } from './LinesForm';
import { updateLines } from './quotes';

/** The line items of a deal, which are changed as a whole. */
export function LinesDialog({ row, lines, onClose }: { readonly row: Row; readonly lines: readonly LineItem[]; readonly onClose: () => void }) {
  const [t, id, client, tell, here] = [useTranslations('quotes'), useId(), useQueryClient(), useNotice(), useHere()];
  const [draft, setDraft] = useState<readonly LineDraft[]>(lines.length === 0 ? [emptyLine()] : lines.map(draftOf));
  // Whoever changes the deal while these are written is not written over.
  const [etag] = useState(row.etag);
  const currency = currencyOf(row) ?? '';
  const save = useMutation({
    mutationFn: () => updateLines(row.id, etag, draft.map((line) => inputOf(line, currency))),
    onSuccess: async () => {
      await changed(client, 'deals.deal', row.id);
      tell({ text: t('linesSaved') });
      if (here.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'deal');
  const unplaced = save.isError && ![...faults.keys()].some((part) => part.startsWith('lineItems['));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog wide" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t('lines')}</h2><button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll padded"><LinesForm lines={draft} currency={currency} faults={faults} onChange={setDraft} /></div>
        {unplaced ? <p className="fault" role="alert">{problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.errors[0]?.message ?? save.error?.message)}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('close')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

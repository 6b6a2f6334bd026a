import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Row } from '../api/api';
import { saidOf } from '../api/told';
import { RecordPicker } from '../fields/relation';
import { nameOf } from '../records/values';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { changeParent, ends, makeRelation, parentBody, related, type Related } from './relations';

interface Props {
  readonly row: Row;
  readonly as: 'parent' | 'child';
  /** To whom the company belongs now. */
  readonly parent: Related | undefined;
  readonly onClose: () => void;
}

/** To which company this one belongs, or which one belongs to it. */
export function CompanyDialog({ row, as, parent, onClose }: Props) {
  const [t, words, id, client, tell, here] = [useTranslations('hierarchy'), useTranslations('relations'), useId(), useQueryClient(), useNotice(), useHere()];
  const [chosen, setChosen] = useState('');
  const save = useMutation({
    mutationFn: async () => void (as === 'parent' ? await changeParent(row.id, parent, chosen) : await makeRelation(parentBody(row.id, chosen))),
    onSuccess: () => {
      tell({ text: t('changed') });
      if (here.current) onClose();
    },
    onSettled: () => related(client),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== '') save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t(as === 'parent' ? 'parentOf' : 'childOf', { name: nameOf(row) })}</h2><button type="button" className="icon-button" aria-label={words('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields one">
          <div className="form-field">
            <label htmlFor={`${id}-company`}>{t(as)}</label>
            <RecordPicker id={`${id}-company`} target={ends.company} value={chosen} without={row.id} autoFocus invalid={save.isError} describedBy={save.isError ? `${id}-fault` : undefined} onPick={([picked]) => setChosen(picked ?? '')} />
            {save.isError ? <p id={`${id}-fault`} className="fault" role="alert">{saidOf(save.error)}</p> : null}
          </div>
        </div>
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{words('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending || chosen === ''}>{words('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { call, type SavedView } from '../api/api';
import { viewBody, type Visibility } from './saving';
import type { SaveProps } from './SaveView';
import { askedOf } from './views';

/** Asks for the name of a view, and who is to see it. */
export function SaveDialog({ resource, search, columns, onSaved, onClose }: SaveProps & { readonly onClose: () => void }) {
  const [t, id, client] = [useTranslations('views'), useId(), useQueryClient()];
  const [label, setLabel] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('VISIBILITY_PRIVATE');
  const save = useMutation({
    mutationFn: () => call<SavedView>('POST', '/api/v1/metadata/views', { body: viewBody(resource, askedOf(resource, search), search, columns, label.trim(), visibility) }),
    onSuccess: async (view) => {
      await client.invalidateQueries({ queryKey: ['resource', resource.resource] });
      onSaved(view);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() !== '') save.mutate();
  };
  const problem = save.error instanceof ApiProblem ? (save.error.errors[0]?.message ?? save.error.message) : undefined;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit}>
        <header><h2 id={`${id}-title`}>{t('save')}</h2></header>
        <div className="form-fields one">
          <div className="form-field">
            <label htmlFor={`${id}-name`}>{t('name')}</label>
            <input id={`${id}-name`} className="input" autoFocus required maxLength={80} value={label} onChange={(event) => setLabel(event.target.value)} aria-invalid={problem !== undefined} aria-describedby={problem === undefined ? undefined : `${id}-fault`} />
            {problem === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{problem}</p>}
          </div>
          <fieldset className="choices">
            <legend className="unseen">{t('who')}</legend>
            {(['VISIBILITY_PRIVATE', 'VISIBILITY_COMPANY'] as const).map((who) => (
              <label key={who}><input type="radio" name={`${id}-who`} checked={visibility === who} onChange={() => setVisibility(who)} />{t(`whose.${who}`)}</label>
            ))}
          </fieldset>
        </div>
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{t('keep')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

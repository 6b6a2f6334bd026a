import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Resource } from '../../api/api';
import { useNotice } from '../../ui/Notice';
import { useHere } from '../../ui/useHere';
import { faultsOf } from '../objects/fields';
import { FormConsents } from './FormConsents';
import { FormFields } from './FormFields';
import { FormTexts } from './FormTexts';
import { createForm, emptyForm, slugOf, updateForm, type FormDraft, type LeadForm } from './forms';

/** What the parts of the form know and do. */
export interface PartProps {
  readonly id: string;
  readonly draft: FormDraft;
  readonly faults: ReadonlyMap<string, string>;
  readonly change: (parts: Partial<FormDraft>) => void;
}

// Of what a refusal names, what stands somewhere in the form.
const placed = /^(slug|title|titleTranslations|introduction|introductionTranslations|thanks|thanksTranslations|source|fields|consents)\b/;

/** A form for everybody: its texts, what it asks for, and what has to be agreed to. What is refused stands at its field. */
export function FormDialog({ form, leads, onClose, onDone }: { readonly form: LeadForm | undefined; readonly leads: Resource; readonly onClose: () => void; readonly onDone: () => void }) {
  const [t, id, tell, here] = [useTranslations('forms'), useId(), useNotice(), useHere()];
  const [draft, setDraft] = useState<FormDraft>(form ?? emptyForm);
  // The name in the address follows the title until somebody writes another one.
  const [slug, setSlug] = useState<string>();
  const named = form === undefined ? { ...draft, slug: slug ?? slugOf(draft.title) } : draft;
  const save = useMutation({
    mutationFn: () => (form === undefined ? createForm(named) : updateForm(form, draft)),
    onSuccess: (saved) => {
      tell({ text: t(form === undefined ? 'made' : 'saved', { name: saved.title }) });
      onDone();
      if (here.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'leadForm');
  const unplaced = save.isError && ![...faults.keys()].some((part) => placed.test(part));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const change = ({ slug: written, ...parts }: Partial<FormDraft>) => {
    if (written !== undefined) setSlug(written);
    setDraft((now) => ({ ...now, ...parts }));
  };
  const about: PartProps = { id, draft: named, faults, change };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" className="side-dialog" aria-labelledby={`${id}-heading`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-heading`}>{form === undefined ? t('new') : t('changeForm', { name: form.title })}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-scroll">
          <FormTexts {...about} isNew={form === undefined} />
          <FormFields {...about} leads={leads} />
          <FormConsents {...about} known={form?.consents ?? []} />
        </div>
        {unplaced ? <p className="fault" role="alert">{problem?.errors[0]?.message ?? save.error?.message}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending}>{form === undefined ? t('make') : t('save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

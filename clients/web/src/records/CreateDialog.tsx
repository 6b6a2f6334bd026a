import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState, type FormEvent } from 'react';
import { useTranslations } from 'next-intl';
import type { Resource, Row } from '../api/api';
import { faultsOf } from '../fields/faults';
import { asksRecord } from '../layouts/layouts';
import { useLayoutFor } from '../layouts/useLayoutFor';
import { recordPath } from '../routing/places';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { FormFields } from './FormFields';
import { useCreate } from './records';
import { askedSections } from './sections';
import { isEmpty, nameOf, valueAt, withValue } from './values';

/** A new record, by the form that the descriptor tells. */
export function CreateDialog({ resource, onClose }: { readonly resource: Resource; readonly onClose: () => void }) {
  const t = useTranslations('records');
  const router = useRouter();
  const [create, tell, id, here] = [useCreate(resource), useNotice(), useId(), useHere()];
  const [draft, setDraft] = useState<Row>({ id: '' });
  const problem = create.error instanceof ApiProblem ? create.error : undefined;
  const layout = useLayoutFor(resource, 'LAYOUT_KIND_FORM', draft);
  // Not first one layout and then another, from under the hands of whoever writes.
  const waits = layout === undefined && asksRecord(resource, 'LAYOUT_KIND_FORM');
  const sections = askedSections(resource, layout);
  // One that nobody wrote needs no headings: there is little to ask for.
  const headed = layout !== undefined && !layout.generated && sections.length > 1;
  const fields = sections.flatMap((section) => section.fields);
  const faults = new Map(fields.flatMap((field) => {
    const found = faultsOf(field, problem?.errors ?? []);
    return found.length === 0 ? [] : [[field.path, found] as const];
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = fields.filter((field) => !isEmpty(valueAt(draft, field.jsonPath)));
    const body = given.reduce<Row>((row, field) => withValue(row, field.jsonPath, valueAt(draft, field.jsonPath)), {} as Row);
    create.mutateAsync(body).then((row) => {
      tell({ text: t('created', { name: nameOf(row) }) });
      // Who has closed the form meanwhile stays where they are.
      if (!here.current) return;
      onClose();
      router.push(recordPath(resource.resource, row.id));
    }, (fault: unknown) => {
      if (!here.current) tell({ text: fault instanceof ApiProblem ? fault.message : t('notSaved'), bad: true });
    });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t('new', { label: resource.label })}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields" aria-busy={waits}>
          {waits ? <div className="bone" /> : <FormFields id={id} resource={resource} sections={sections} headed={headed} draft={draft} faults={faults} onDraft={setDraft} />}
        </div>
        {create.isError && faults.size === 0 ? <p className="fault" role="alert">{problem?.errors[0]?.message ?? problem?.message ?? t('notSaved')}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={create.isPending || waits}>{t('create')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDownUp, ArrowRight, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { call, type Row } from '../api/api';
import { useResources } from '../api/metadata';
import { RecordPicker } from '../fields/relation';
import { nameOf } from '../records/values';
import { faultsOf } from '../settings/objects/fields';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { bodyOf, changeRelation, ends, inTurn, leadsOut, makeRelation, offered, related, wordsQuery, type Draft, type Related, type Side, type Words } from './relations';

interface Props {
  readonly here: { readonly side: Side; readonly id: string };
  readonly row: Row;
  /** Undefined where one is made. */
  readonly relation: Related | undefined;
  readonly onClose: () => void;
}

/** Who is related to the record, and what each is to the other. */
export function RelationDialog({ here, row, relation, onClose }: Props) {
  const [t, id, client, tell, still] = [useTranslations('relations'), useId(), useQueryClient(), useNotice(), useHere()];
  const [draft, setDraft] = useState<Draft>({ side: relation?.side ?? 'person', other: relation?.other ?? '', theirs: relation?.theirs ?? '', ours: relation?.ours ?? '' });
  const words = useWords();
  // Between whom it is never changes, and so neither does from where it leads.
  const outward = relation?.outward ?? leadsOut(draft, words);
  const save = useMutation({
    mutationFn: () => (relation === undefined ? makeRelation(bodyOf(here, draft, outward)) : changeRelation(relation, draft)),
    onSuccess: async () => {
      await related(client);
      tell({ text: t(relation === undefined ? 'made' : 'changed') });
      if (still.current) onClose();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const faults = faultsOf(problem?.errors ?? [], 'relation');
  const [theirFault, ourFault] = [faults.get(outward ? 'reverseLabel' : 'label'), faults.get(outward ? 'label' : 'reverseLabel')];
  const [name, [other, setOther]] = [nameOf(row), useState(relation?.name ?? '')];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isWhole(draft)) save.mutate();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit} noValidate>
        <header><h2 id={`${id}-title`}>{t(relation === undefined ? 'new' : 'edit')}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="form-fields one">
          {relation === undefined ? <Other id={id} here={here} draft={draft} onOther={(side, chosen, called) => { setOther(called); setDraft((now) => ({ ...now, side, other: chosen })); }} /> : null}
          <Labels id={id} draft={draft} names={[other, name]} words={words} faults={[theirFault, ourFault]} swaps={relation === undefined} onDraft={setDraft} />
          {isWhole(draft) ? <Reading from={outward ? name : other} to={outward ? other : name} label={outward ? draft.ours : draft.theirs} /> : null}
        </div>
        {save.isError && theirFault === undefined && ourFault === undefined ? <p className="fault" role="alert">{problem?.code === 'STALE_ETAG' ? t('stale') : (problem?.errors[0]?.message ?? save.error.message)}</p> : null}
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={save.isPending || !isWhole(draft)}>{t(relation === undefined ? 'make' : 'save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

const isWhole = ({ other, theirs, ours }: Draft): boolean => other !== '' && (theirs.trim() !== '' || ours.trim() !== '');

/** What the company says already, and what most say. */
function useWords(): readonly Words[] {
  const [t, known] = [useTranslations('relations.words'), useQuery(wordsQuery(call)).data ?? []];
  return [...known, [t('accountant'), t('client')], [t('supplier'), t('customer')], [t('partner'), t('partner')], [t('adviser'), t('advised')], [t('spouse'), t('spouse')], [t('sibling'), t('sibling')]];
}

function Other({ id, here, draft, onOther }: { readonly id: string; readonly here: Props['here']; readonly draft: Draft; readonly onOther: (side: Side, other: string, name: string) => void }) {
  const [t, resources] = [useTranslations('relations'), useResources()];
  const sides = (['person', 'company'] as const).filter((side) => resources.some(({ resource }) => resource === ends[side].resource));
  return (
    <>
      <fieldset className="choices across">
        <legend className="unseen">{t('with')}</legend>
        {sides.map((side) => <label key={side}><input type="radio" name={`${id}-side`} checked={draft.side === side} onChange={() => onOther(side, '', '')} />{resources.find(({ resource }) => resource === ends[side].resource)?.label}</label>)}
      </fieldset>
      <div className="form-field">
        <label htmlFor={`${id}-other`}>{t('with')}</label>
        <RecordPicker key={draft.side} id={`${id}-other`} target={ends[draft.side]} value={draft.other} without={here.id} autoFocus onPick={([picked], [called]) => onOther(draft.side, picked ?? '', called ?? '')} />
      </div>
    </>
  );
}

interface LabelsProps {
  readonly id: string;
  readonly draft: Draft;
  /** Of the other, and of the record. */
  readonly names: readonly [string, string];
  readonly words: readonly Words[];
  readonly faults: readonly [string | undefined, string | undefined];
  readonly swaps: boolean;
  readonly onDraft: (change: (now: Draft) => Draft) => void;
}

/** What each is to the other, in words that the company uses already or in new ones; which of them stands with whom says the direction. */
function Labels({ id, draft, names, words, faults, swaps, onDraft }: LabelsProps) {
  const t = useTranslations('relations');
  const fields = ['theirs', 'ours'] as const;
  // A word that is known brings what it is in turn, where nobody has said anything else.
  const [filled, setFilled] = useState<(typeof fields)[number]>();
  const write = (field: (typeof fields)[number], word: string) => {
    const [beside, turn] = [field === 'theirs' ? 'ours' as const : 'theirs' as const, inTurn(words, word)];
    const fills = turn !== undefined && (draft[beside].trim() === '' || filled === beside);
    setFilled(fills ? beside : filled === field ? undefined : filled);
    onDraft((now) => ({ ...now, [field]: word, ...(fills ? { [beside]: turn } : {}) }));
  };
  return (
    <>
      {fields.map((field, at) => (
        <div key={field} className="form-field">
          <label htmlFor={`${id}-${field}`}>{names[at] ? t('roleOf', { name: names[at] }) : t('role')}</label>
          <input id={`${id}-${field}`} className="input" autoComplete="off" maxLength={100} list={`${id}-words`} value={draft[field]} aria-invalid={faults[at] !== undefined} aria-describedby={faults[at] === undefined ? undefined : `${id}-${field}-fault`}
            onChange={(event) => write(field, event.target.value)} />
          {faults[at] === undefined ? null : <p id={`${id}-${field}-fault`} className="fault" role="alert">{faults[at]}</p>}
        </div>
      ))}
      <datalist id={`${id}-words`}>{offered(words).map((word) => <option key={word} value={word} />)}</datalist>
      {swaps ? <button type="button" className="button ghost swap" onClick={() => onDraft((now) => ({ ...now, theirs: now.ours, ours: now.theirs }))}><ArrowDownUp size={14} aria-hidden />{t('swap')}</button> : null}
    </>
  );
}

/** The relation as it will be read. */
const Reading = ({ from, to, label }: { readonly from: string; readonly to: string; readonly label: string }) => (
  <p className="relation-reading"><b>{from}</b><span>{label.trim() || '—'}</span><ArrowRight size={14} aria-hidden /><b>{to}</b></p>
);

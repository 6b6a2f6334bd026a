import { Plus, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useId, useRef } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { formatNumber } from '../fields/number';
import { RelationEditor } from '../fields/relation';
import { UserEditor } from '../fields/user';
import { emptyEntry, faultAt, filled, shared, sumOf, written, type Entry, type Part } from './people';

interface Props {
  readonly resource: Resource;
  readonly row: Row;
  readonly part: Part;
  readonly entries: readonly Entry[];
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (entries: readonly Entry[]) => void;
}

const whole = 10_000;

/** The entries of a list of a deal as they are written: who, and what each is for the deal. */
export function PartForm(props: Props) {
  const { part, entries, onChange } = props;
  const t = useTranslations('dealPeople');
  const list = useRef<HTMLOListElement>(null);
  const grown = useRef(false);
  useEffect(() => {
    // Who adds somebody goes on to say who it is.
    if (grown.current) list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
    grown.current = false;
  });
  const add = () => {
    grown.current = true;
    onChange([...entries, emptyEntry(part)]);
  };
  return (
    <div className="tw:grid tw:gap-2">
      <ol ref={list} className="line-forms">
        {entries.map((entry, index) => (
          <EntryForm key={index} {...props} entry={entry} index={index} onEntry={(next) => onChange(entries.map((other, at) => (at === index ? next : other)))} onRemove={() => onChange(entries.filter((_other, at) => at !== index))} />
        ))}
      </ol>
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap">
        <button type="button" className="button ghost add" onClick={add}><Plus size={15} aria-hidden />{t(`${part}.add`)}</button>
        {part === 'splits' ? <Together entries={entries} onChange={onChange} /> : null}
      </div>
    </div>
  );
}

/** What the shares come to, and a way to make them even. */
function Together({ entries, onChange }: Pick<Props, 'entries' | 'onChange'>) {
  const [t, locale] = [useTranslations('dealPeople'), useLocale()];
  const [count, sum] = [filled(entries).length, sumOf(entries)];
  if (count === 0) return <span className="dim">{t('splits.ownerAlone')}</span>;
  return (
    <>
      <button type="button" className="button" onClick={() => onChange(shared(entries))}>{t('splits.even')}</button>
      <span className={sum === whole ? 'dim tabular' : 'bad-sum tabular'} role="status">{sum === undefined ? '' : t('splits.together', { percent: formatNumber(written(sum), locale) })}</span>
    </>
  );
}

interface EntryProps extends Props {
  readonly entry: Entry;
  readonly index: number;
  readonly onEntry: (entry: Entry) => void;
  readonly onRemove: () => void;
}

function EntryForm({ resource, row, part, entries, faults, entry, index, onEntry, onRemove }: EntryProps) {
  const [t, id] = [useTranslations('dealPeople'), useId()];
  const [whoFault, whatFault] = [faultAt(faults, part, entries, index, 0), faultAt(faults, part, entries, index, 1)];
  const who = (value: unknown) => onEntry({ ...entry, who: typeof value === 'string' ? value : '' });
  const what = { id: `${id}-what`, className: 'input', value: entry.what, 'aria-invalid': whatFault !== undefined, 'aria-describedby': whatFault === undefined ? undefined : `${id}-what-fault`, onChange: (event: { target: { value: string } }) => onEntry({ ...entry, what: event.target.value }) };
  return (
    <li>
      <div className="line-form person-form" data-part={part} role="group" aria-label={t('entry', { number: index + 1 })}>
        <div className="form-field">
          <label htmlFor={`${id}-who`}>{t(`${part}.who`)}</label>
          <Who resource={resource} row={row} part={part} id={`${id}-who`} value={entry.who} fault={whoFault} onChange={who} />
          {whoFault === undefined ? null : <p id={`${id}-who-fault`} className="fault" role="alert">{whoFault}</p>}
        </div>
        {part === 'competitors' ? (
          <div className="form-field">
            <label htmlFor={`${id}-status`}>{t('status')}</label>
            <select id={`${id}-status`} className="input" value={entry.status} onChange={(event) => onEntry({ ...entry, status: event.target.value })}>
              {(['BIDDING', 'OUT'] as const).map((status) => <option key={status} value={`COMPETITOR_STATUS_${status}`}>{t(`statuses.${status}`)}</option>)}
            </select>
          </div>
        ) : null}
        <div className={`form-field${part === 'competitors' ? ' wide-part' : ''}`}>
          <label htmlFor={`${id}-what`}>{t(`${part}.what`)}</label>
          {part === 'competitors' ? <textarea {...what} className="input area" rows={2} maxLength={2000} />
            : part === 'splits' ? <span className="with-unit"><input {...what} className="input tabular" inputMode="decimal" autoComplete="off" maxLength={8} /><span className="unit" aria-hidden>%</span></span>
            : <input {...what} autoComplete="off" maxLength={100} list={part === 'contacts' ? `${id}-roles` : undefined} />}
          {part === 'contacts' ? <datalist id={`${id}-roles`}>{(['decides', 'influences', 'pays', 'uses', 'against'] as const).map((role) => <option key={role} value={t(`roles.${role}`)} />)}</datalist> : null}
          {whatFault === undefined ? null : <p id={`${id}-what-fault`} className="fault" role="alert">{whatFault}</p>}
        </div>
        <div className="line-does"><button type="button" className="icon-button" aria-label={t('remove', { number: index + 1 })} onClick={onRemove}><X size={15} aria-hidden /></button></div>
      </div>
    </li>
  );
}

interface WhoProps {
  readonly resource: Resource;
  readonly row: Row;
  readonly part: Part;
  readonly id: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** One of the people, one of the members, or a name. */
function Who({ resource, row, part, id, value, fault, onChange }: WhoProps) {
  const said = { id, value, invalid: fault !== undefined, describedBy: fault === undefined ? undefined : `${id}-fault`, onChange };
  if (part === 'competitors') return <input id={id} className="input" autoComplete="off" maxLength={200} value={value} aria-invalid={said.invalid} aria-describedby={said.describedBy} onChange={(event) => onChange(event.target.value)} />;
  const field = resource.fields.find((entry) => entry.path === (part === 'contacts' ? 'person_id' : 'owner_id')) as Field;
  const Editor = part === 'contacts' ? RelationEditor : UserEditor;
  return <Editor {...said} resource={resource} row={row} field={field} />;
}

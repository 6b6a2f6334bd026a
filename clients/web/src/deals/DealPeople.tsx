import { Pencil, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import type { Resource, Row } from '../api/api';
import { useResources } from '../api/metadata';
import { may } from '../api/rights';
import { isOpen } from '../board/board';
import { formatMoney } from '../fields/money';
import { useNameOf } from '../fields/names';
import { formatNumber } from '../fields/number';
import { useMembers } from '../fields/user';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { Pill } from '../ui/Pill';
import { entriesOf, parts, type Entry, type Part } from './people';

// Who only looks writes nothing.
const PartDialog = dynamic(() => import('./PartDialog').then((file) => file.PartDialog));

/** Who has a say in a deal, who works on it, whose the credit is, and who else bids: as far as the caller sees it. */
export function DealPeople({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const accessTo = (part: Part) => resource.fields.find((field) => field.path === part)?.access ?? 'hidden';
  const open = may(resource, 'update') && isOpen(row);
  return <>{parts.map((part) => (accessTo(part) === 'hidden' ? null : <PartSection key={part} resource={resource} row={row} part={part} writes={open && accessTo(part) === 'full'} />))}</>;
}

function PartSection({ resource, row, part, writes }: { readonly resource: Resource; readonly row: Row; readonly part: Part; readonly writes: boolean }) {
  const [t, [editing, setEditing]] = [useTranslations('dealPeople'), useState(false)];
  const entries = entriesOf(row, part);
  if (entries.length === 0 && !writes) return null;
  return (
    <section className="related offer" aria-label={t(`${part}.title`)}>
      <h2>{t(`${part}.title`)}<span className="grow" />{writes ? (
        <button type="button" className="button ghost" aria-label={`${t(`${part}.title`)}: ${entries.length === 0 ? t('add') : t('change')}`} onClick={() => setEditing(true)}>
          {entries.length === 0 ? <Plus size={14} aria-hidden /> : <Pencil size={13} aria-hidden />}{entries.length === 0 ? t('add') : t('change')}
        </button>
      ) : null}</h2>
      {entries.length === 0 ? <p className="dim">{t(`${part}.none`)}</p> : <ul>{entries.map((entry) => <EntryLine key={entry.id || entry.who} part={part} entry={entry} />)}</ul>}
      {editing ? <PartDialog resource={resource} row={row} part={part} entries={entries} onClose={() => setEditing(false)} /> : null}
    </section>
  );
}

function EntryLine({ part, entry }: { readonly part: Part; readonly entry: Entry }) {
  const [t, locale] = [useTranslations('dealPeople'), useLocale()];
  if (part === 'contacts') return <PersonLine entry={entry} />;
  if (part === 'competitors') {
    const status = (entry.status ?? '').replace('COMPETITOR_STATUS_', '') as 'BIDDING' | 'OUT' | 'WON';
    return <Line name={entry.who} note={entry.what} more={<Pill option={{ key: status, label: t(`statuses.${status}`), hue: status === 'WON' ? 4 : status === 'OUT' ? 7 : 1 }} />} />;
  }
  const share = part === 'splits' ? <><span className="dim tabular">{entry.amount === undefined ? '' : formatMoney(entry.amount, locale)}</span><b className="tabular">{formatNumber(entry.what, locale)} %</b></> : null;
  return <MemberLine id={entry.who} note={part === 'team' ? entry.what : ''} more={share} />;
}

function PersonLine({ entry }: { readonly entry: Entry }) {
  const people = useResources().find((resource) => resource.resource === 'contacts.person');
  // Who may not list people is told no names.
  return people === undefined ? <Line name={entry.who.slice(0, 8)} note={entry.what} /> : <NamedPerson path={people.restPath} entry={entry} />;
}

function NamedPerson({ path, entry }: { readonly path: string; readonly entry: Entry }) {
  const name = useNameOf(path, entry.who);
  return <Line name={name ?? '…'} note={entry.what} href={recordPath('contacts.person', entry.who)} />;
}

function MemberLine({ id, note, more }: { readonly id: string; readonly note: string; readonly more: ReactNode }) {
  const members = useMembers();
  const member = members?.find((entry) => entry.userId === id);
  return <Line name={members === undefined ? '…' : member?.displayName || member?.email || id.slice(0, 8)} note={note} more={more} />;
}

function Line({ name, note, more, href }: { readonly name: string; readonly note: string; readonly more?: ReactNode; readonly href?: string }) {
  const inner = <><Avatar name={name} round /><span className="who"><span className="truncate">{name}</span>{note === '' ? null : <small className="truncate" title={note}>{note}</small>}</span><span className="grow" />{more}</>;
  return <li>{href === undefined ? <div className="related-row deal-person">{inner}</div> : <Link className="related-row deal-person" href={href}>{inner}</Link>}</li>;
}

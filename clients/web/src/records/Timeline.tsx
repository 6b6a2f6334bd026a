import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CalendarDays, CirclePlus, Link2, Lock, Mail, MessageSquareText, PencilLine, Phone, Sparkles, Trash2, Undo2, Unlink2, type LucideIcon } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { call, type Field, type Resource, type Row } from '../api/api';
import { may } from '../api/rights';
import { formatInstant } from '../fields/date';
import { kindOf } from '../fields/registry';
import { useMembers } from '../fields/user';
import { NoteBox } from './NoteBox';
import { sourceOf, timelineQuery, type Change, type Happening } from './timeline';
import { isEmpty } from './values';

const icons: Readonly<Record<string, LucideIcon>> = {
  created: CirclePlus, changed: PencilLine, deleted: Trash2, restored: Undo2, linked: Link2, unlinked: Unlink2,
  note: MessageSquareText, call: Phone, meeting: CalendarDays, email: Mail, system: Sparkles,
};

export const hasTimeline = (resource: Resource): boolean => sourceOf(resource, { id: '' }) !== undefined;

export function Timeline({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('timeline');
  const entries = useQuery(timelineQuery(call, sourceOf(resource, row)!, row.id));
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{t('title')}</h2>
      {may(resource, 'update') ? <NoteBox resource={resource} row={row} /> : null}
      {entries.data?.length === 0 ? <p className="dim">{t('nothing')}</p> : null}
      <ol>{entries.data?.map((entry) => <Entry key={entry.id} entry={entry} resource={resource} />)}</ol>
    </section>
  );
}

function Entry({ entry, resource }: { readonly entry: Happening; readonly resource: Resource }) {
  const [t, locale, timeZone, members] = [useTranslations('timeline'), useLocale(), useTimeZone(), useMembers()];
  const Icon = icons[entry.kind] ?? Sparkles;
  const who = members?.find((member) => member.userId === entry.actor)?.displayName;
  const kind = entry.kind in icons ? t(`kinds.${entry.kind as 'note'}`) : entry.kind;
  const repeats = entry.body !== '' && entry.body.startsWith(entry.title);
  return (
    <li>
      <span className="mark"><Icon size={13} aria-hidden /></span>
      <div>
        <p className="what"><b>{who ?? kind}</b>{who === undefined ? null : <> · {kind}</>}<time dateTime={entry.time}>{formatInstant(entry.time, locale, timeZone)}</time></p>
        {entry.kind === 'changed' ? <ChangeList changes={entry.changes} resource={resource} /> : null}
        {entry.title === '' || repeats ? null : <p className="headline">{entry.title}</p>}
        {entry.body === '' ? null : <p className={`lines${entry.kind === 'note' ? ' said' : ''}`}>{entry.body}</p>}
      </div>
    </li>
  );
}

function ChangeList({ changes, resource }: { readonly changes: readonly Change[]; readonly resource: Resource }) {
  const t = useTranslations('records');
  const value = (field: Field, shown: unknown) => {
    const { Cell } = kindOf(field);
    return isEmpty(shown) ? <span className="nothing">{t('empty')}</span> : <Cell resource={resource} field={field} value={shown} />;
  };
  return (
    <ul className="changes">
      {changes.flatMap(({ path, from, to, masked }) => {
        const field = resource.fields.find((entry) => entry.path === path);
        if (field === undefined) return [];
        return [<li key={path}><span className="dim">{field.label}</span>{masked ? <Lock size={11} aria-label={t('masked')} /> : <>{value(field, from)}<ArrowRight size={12} aria-hidden />{value(field, to)}</>}</li>];
      })}
    </ul>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { call } from '../api/api';
import { formatInstant } from '../fields/date';
import { useMembers } from '../fields/user';
import { importsQuery, isUndoable, type Import } from './imports';
import { Undo } from './Undo';

const kinds = { IMPORT_TARGET_PEOPLE: 'people', IMPORT_TARGET_COMPANIES: 'companies', IMPORT_TARGET_LEADS: 'leads' } as const;
const states = ['IMPORT_STATE_RUNNING', 'IMPORT_STATE_DONE', 'IMPORT_STATE_UNDOING', 'IMPORT_STATE_UNDONE'] as const;

/** What was imported lately, and a way to take it back. Nothing where nothing was. */
export function History() {
  const t = useTranslations('import');
  const imports = useQuery(importsQuery(call)).data ?? [];
  return imports.length === 0 ? null : (
    <section className="tw:grid tw:gap-3">
      <h2 className="section-title">{t('history.title')}</h2>
      <ul className="cards">{imports.map((entry) => <Entry key={entry.id} entry={entry} />)}</ul>
    </section>
  );
}

function Entry({ entry }: { readonly entry: Import }) {
  const [t, format, locale, timeZone, members, now] = [useTranslations('import'), useFormatter(), useLocale(), useTimeZone(), useMembers(), useNow()];
  const kind = kinds[entry.target as keyof typeof kinds] ?? 'people';
  const state = states.find((name) => name === entry.state);
  const who = members?.find((member) => member.userId === entry.importedBy)?.displayName;
  const count = (value: string | undefined) => format.number(Number(value ?? 0));
  return (
    <li className="pair">
      <div className="pair-names"><span className="truncate">{t(`history.${kind}`)}</span>{state === undefined || state === 'IMPORT_STATE_DONE' ? null : <span className="pill">{t(`history.states.${state}`)}</span>}</div>
      <p className="dim">{[formatInstant(entry.createTime, locale, timeZone), who, t('history.counts', { created: count(entry.recordsCreated), updated: count(entry.recordsUpdated) })].filter(Boolean).join(' · ')}</p>
      <div className="pair-does">{isUndoable(entry, now) || entry.undo !== undefined ? <Undo id={entry.id} /> : null}</div>
    </li>
  );
}

import { ArrowRight } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { formatInstant } from '../fields/date';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';

export interface Entry {
  readonly id: string;
  readonly time: string;
  readonly service: string;
  readonly resource: string;
  readonly resourceId?: string;
  readonly action: string;
  readonly actor: string;
  readonly onBehalfOf?: string;
  readonly operation?: string;
  readonly clientAddress?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

interface Props {
  readonly entry: Entry;
  readonly members: readonly { readonly userId: string; readonly displayName: string }[];
  readonly resources: readonly Resource[];
}

/** What is in an entry, as one reads it aloud: who, what, on which record; the values when one opens it. */
export function AuditEntry({ entry, members, resources }: Props) {
  const [t, locale, timeZone] = [useTranslations('settings'), useLocale(), useTimeZone()];
  const nameOf = (id: string | undefined) => members.find((member) => member.userId === id)?.displayName ?? id ?? '';
  const resource = resources.find((known) => known.resource === entry.resource);
  const paths = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])];
  return (
    <li>
      <details>
        <summary>
          <time className="dim tabular" dateTime={entry.time}>{formatInstant(entry.time, locale, timeZone)}</time>
          <b className="truncate">{nameOf(entry.actor)}{entry.onBehalfOf ? <span className="dim"> ← {nameOf(entry.onBehalfOf)}</span> : null}</b>
          <code>{entry.action}</code>
          <span className="truncate">{resource?.label ?? entry.resource}</span>
        </summary>
        <div className="log-more">
          <p className="dim">{[entry.service, entry.operation, entry.clientAddress].filter(Boolean).join(' · ')}{resource === undefined || !entry.resourceId ? null : <> · <Link className="quiet" href={recordPath(entry.resource, entry.resourceId)}>{t('audit.record')}</Link></>}</p>
          {paths.length === 0 ? null : <ul className="changes">{paths.map((path) => <li key={path}><code className="dim">{path}</code><span>{shown(entry.before?.[path])}</span><ArrowRight size={12} aria-hidden /><span>{shown(entry.after?.[path])}</span></li>)}</ul>}
        </div>
      </details>
    </li>
  );
}

const shown = (value: unknown): string => (value === undefined || value === null || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value));

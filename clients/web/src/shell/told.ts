import { jobsPath, recordPath } from '../routing/places';

/** What the platform tells somebody. */
export interface Told {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly read?: boolean;
  readonly createTime: string;
  /** How much it tells of, the last of which it shows. */
  readonly count?: number;
}

export type Wording = 'security_new-device' | 'contacts_activity-reminder' | 'crm_mention' | 'crm_stage' | 'crm_entry' | 'crm_owner' | 'crm_mine' | 'bulk_job';

/** Which words this application has for it; for what it does not know, the platform's own stand. */
export function wordingOf({ kind, data }: Told): Wording | undefined {
  switch (kind) {
    case 'security.new-device': return 'security_new-device';
    case 'contacts.activity-reminder': return 'contacts_activity-reminder';
    case 'crm.mention': return 'crm_mention';
    case 'crm.news': return data?.['event'] === 'stage' ? 'crm_stage' : 'crm_entry';
    case 'crm.owner': return data?.['mine'] === true ? 'crm_mine' : 'crm_owner';
    default: return kind.endsWith('.bulk-job') ? 'bulk_job' : undefined;
  }
}

/** What it is about, in the words of whoever wrote that; of work on many records, how many of them it did. */
export function aboutOf(told: Told): string {
  const { data = {}, text } = told;
  switch (wordingOf(told)) {
    case undefined: return text;
    case 'bulk_job': return `${data['done'] ?? 0} / ${data['total'] ?? 0}`;
    default: return ['name', 'subject', 'device'].map((part) => data[part]).find((value): value is string => typeof value === 'string' && value !== '') ?? '';
  }
}

// Whom or what an activity is of, as a reminder names it: what is sold before whom it is sold to.
const reminded = [['deal', 'deals.deal'], ['lead', 'contacts.lead'], ['person', 'contacts.person'], ['company', 'contacts.company'], ['activity', 'contacts.activity']] as const;

/** Where the record is that it is about. */
export function recordOf({ kind, data }: Told): string | undefined {
  const idOf = (part: string): string => (typeof data?.[part] === 'string' ? data[part] : '');
  if (kind === 'contacts.activity-reminder') {
    const found = reminded.find(([part]) => idOf(part) !== '');
    return found === undefined ? undefined : recordPath(found[1], idOf(found[0]));
  }
  if (kind.endsWith('.bulk-job')) return jobsPath;
  const [resource, id] = [idOf('resource'), idOf('record')];
  return resource !== '' && id !== '' ? recordPath(resource, id) : undefined;
}

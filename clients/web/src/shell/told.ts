import { recordPath } from '../routing/places';

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

export type Wording = 'security_new-device' | 'contacts_activity-reminder' | 'crm_mention' | 'crm_stage' | 'crm_entry' | 'crm_owner' | 'crm_mine';

/** Which words this application has for it; for what it does not know, the platform's own stand. */
export function wordingOf({ kind, data }: Told): Wording | undefined {
  switch (kind) {
    case 'security.new-device': return 'security_new-device';
    case 'contacts.activity-reminder': return 'contacts_activity-reminder';
    case 'crm.mention': return 'crm_mention';
    case 'crm.news': return data?.['event'] === 'stage' ? 'crm_stage' : 'crm_entry';
    case 'crm.owner': return data?.['mine'] === true ? 'crm_mine' : 'crm_owner';
    default: return undefined;
  }
}

/** What it is about, in the words of whoever wrote that. */
export const aboutOf = (told: Told): string =>
  wordingOf(told) === undefined ? told.text : (['name', 'subject', 'device'].map((part) => told.data?.[part]).find((value): value is string => typeof value === 'string' && value !== '') ?? '');

/** Where the record is that it is about. */
export function recordOf({ data }: Told): string | undefined {
  const [resource, id] = [data?.['resource'], data?.['record']];
  return typeof resource === 'string' && resource !== '' && typeof id === 'string' && id !== '' ? recordPath(resource, id) : undefined;
}

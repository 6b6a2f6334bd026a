import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { teamsQuery } from '../api/teams';
import { membersOf } from '../fields/user';
import type { Grouping } from './reports';

/** What people call an owner, a team or a source of a report; the beginning of an id of whom the caller may not see. */
export function useGroupNames(by: Grouping | ''): (group: string) => string {
  const t = useTranslations('reports');
  // What a report is not divided by is not asked for.
  const [members, teams] = [useQuery({ ...membersOf, enabled: by === 'owner' }), useQuery({ ...teamsQuery, enabled: by === 'team' })];
  return (group) => {
    if (by === '' || group === '') return by === '' ? '' : t(`without.${by}`);
    if (by === 'source') return group;
    const asked = by === 'owner' ? members : teams;
    // Not first an id and then a name.
    if (asked.data === undefined && !asked.isError) return '…';
    const member = members.data?.find((entry) => entry.userId === group);
    return (by === 'owner' ? member?.displayName || member?.email : teams.data?.find((entry) => entry.id === group)?.name) ?? group.slice(0, 8);
  };
}

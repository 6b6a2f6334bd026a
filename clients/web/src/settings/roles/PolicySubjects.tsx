import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { teamsQuery } from '../../api/teams';
import type { Option } from '../../fields/choices';
import { useMembers } from '../../fields/user';
import { Picker } from '../../ui/Picker';
import type { Role } from '../tenants';
import type { Subjects } from './policies';

interface Props {
  readonly id: string;
  readonly subjects: Subjects;
  readonly roles: readonly Role[];
  readonly fault: string | undefined;
  readonly onChange: (subjects: Subjects) => void;
}

/** Whom a policy concerns: everybody, or whoever has one of the roles, is in one of the teams, or is named. */
export function PolicySubjects({ id, subjects, roles, fault, onChange }: Props) {
  const t = useTranslations('roles');
  const [teams, members] = [useQuery(teamsQuery).data ?? [], useMembers() ?? []];
  const lists = [
    ['roles', roles.map((role) => ({ key: role.name, label: role.displayName || role.name }))],
    ['teamIds', teams.map((team) => ({ key: team.id, label: team.name }))],
    ['userIds', members.map((member) => ({ key: member.userId, label: member.displayName || member.email }))],
  ] as const satisfies readonly (readonly [string, readonly Option[]])[];
  return (
    <fieldset className="plain-set tw:grid tw:gap-3">
      <legend className="form-label">{t('whom')}</legend>
      <label className="check-line"><input type="checkbox" checked={subjects.everyone} onChange={(event) => onChange({ ...subjects, everyone: event.target.checked })} /><span>{t('everyone')}</span></label>
      {subjects.everyone ? null : lists.filter(([, options]) => options.length > 0).map(([part, options]) => (
        <div key={part} className="form-field">
          <label htmlFor={`${id}-${part}`}>{t(`subjects.${part}`)}</label>
          <Picker id={`${id}-${part}`} many options={options} chosen={subjects[part].map((key) => options.find((option) => option.key === key) ?? { key, label: key.slice(0, 8) })} onPick={(picked) => onChange({ ...subjects, [part]: picked.map((option) => option.key) })} />
        </div>
      ))}
      {fault === undefined ? null : <p className="fault" role="alert">{fault}</p>}
    </fieldset>
  );
}

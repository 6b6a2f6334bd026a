import { queryOptions, useQuery } from '@tanstack/react-query';
import { allMembers, type Member } from '../api/members';
import { Avatar } from '../ui/Avatar';
import { Picker } from '../ui/Picker';
import type { CellProps, EditorProps } from './kind';

export const membersOf = queryOptions({ queryKey: ['members'], queryFn: allMembers, staleTime: 300_000, retry: false });

/** The people of the company; none where the caller may not list them, undefined until that is known. */
export function useMembers(): readonly Member[] | undefined {
  const { data, isError } = useQuery(membersOf);
  return data ?? (isError ? [] : undefined);
}

const nameOf = (members: readonly Member[], id: string) => {
  const member = members.find((entry) => entry.userId === id);
  return member?.displayName || member?.email || id.slice(0, 8);
};

export function UserCell({ value }: CellProps) {
  const members = useMembers();
  // Not first an id and then a name.
  if (typeof value !== 'string' || value === '' || members === undefined) return null;
  const name = nameOf(members, value);
  return <span className="person"><Avatar name={name} round /> <span className="truncate">{name}</span></span>;
}

export function UserEditor(props: EditorProps) {
  const members = useMembers() ?? [];
  const options = members.map((member) => ({ key: member.userId, label: member.displayName || member.email }));
  const chosen = typeof props.value === 'string' && props.value !== '' ? [{ key: props.value, label: nameOf(members, props.value) }] : [];
  return <Picker {...props} options={options} chosen={chosen} onPick={(picked) => (props.onDone ?? props.onChange)(picked[0]?.key ?? '')} />;
}

import { useTeams } from '../api/teams';
import { Picker } from '../ui/Picker';
import type { CellProps, EditorProps } from './kind';

/** A team of the company, which is no record. */
export function TeamCell({ value }: CellProps) {
  const teams = useTeams();
  // Not first an id and then a name.
  if (typeof value !== 'string' || value === '' || teams === undefined) return null;
  return <span className="truncate">{teams.find((team) => team.id === value)?.name ?? value.slice(0, 8)}</span>;
}

export function TeamEditor(props: EditorProps) {
  const options = (useTeams() ?? []).map((team) => ({ key: team.id, label: team.name }));
  const value = typeof props.value === 'string' ? props.value : '';
  const chosen = value === '' ? [] : [options.find((option) => option.key === value) ?? { key: value, label: value.slice(0, 8) }];
  return <Picker {...props} options={options} chosen={chosen} onPick={(picked) => (props.onDone ?? props.onChange)(picked[0]?.key ?? '')} />;
}

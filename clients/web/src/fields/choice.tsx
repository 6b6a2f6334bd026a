import { useMessages } from 'next-intl';
import { optionsOf, type Option } from './choices';
import type { CellProps, EditorProps } from './kind';
import { Picker } from '../ui/Picker';
import { Pill } from '../ui/Pill';
import { common } from './text';
import type { Field } from '../api/api';

function useOptions(field: Field): readonly Option[] {
  const names = (useMessages() as { values?: Readonly<Record<string, string>> }).values;
  return optionsOf(field, (key) => names?.[key]);
}

const find = (options: readonly Option[], key: string): Option => options.find((option) => option.key === key) ?? { key, label: key };

export function ChoiceCell({ field, value }: CellProps) {
  const options = useOptions(field);
  if (typeof value !== 'string' || value === '' || value.endsWith('_UNSPECIFIED')) return null;
  return <Pill option={find(options, value)} />;
}

export function ChoicesCell({ field, value }: CellProps) {
  const options = useOptions(field);
  return <span className="pills">{Array.isArray(value) ? value.map((key: string) => <Pill key={key} option={find(options, key)} />) : null}</span>;
}

export function ChoiceEditor(props: EditorProps) {
  const options = useOptions(props.field).filter((option) => !option.deprecated || option.key === props.value);
  return (
    <select {...common(props)} className="input" value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => (props.onDone ?? props.onChange)(event.target.value)}>
      <option value="">—</option>
      {options.map((option) => <option key={option.key} value={option.key}>{option.label}</option>)}
    </select>
  );
}

export function ChoicesEditor(props: EditorProps) {
  const options = useOptions(props.field);
  const chosen = Array.isArray(props.value) ? (props.value as string[]).map((key) => find(options, key)) : [];
  return <Picker {...props} many options={options.filter((option) => !option.deprecated)} chosen={chosen} onPick={(picked) => props.onChange(picked.map((option) => option.key))} />;
}

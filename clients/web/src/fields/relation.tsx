import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMaybeResource, useResources } from '../api/metadata';
import type { Field, Resource } from '../api/api';
import { searchFilter } from '../records/filters';
import { listRows } from '../records/records';
import { nameOf } from '../records/values';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Picker } from '../ui/Picker';
import type { Placed } from '../ui/PickerBox';
import type { CellProps, EditorProps } from './kind';
import { useNameOf } from './names';

interface Target {
  readonly resource: string;
  readonly restPath: string;
}

/** What the field leads to: what the descriptor tells, and for fields of the platform's own the resource that their name ends with. */
function useTarget(resource: Resource, field: Field): Target | undefined {
  const resources = useResources();
  const told = resource.relations.find((relation) => !relation.incoming && relation.path === field.path);
  const word = /([a-z]+)_id$/.exec(field.path)?.[1];
  return told ?? (field.builtIn ? resources.find((entry) => entry.resource.split('.')[1] === word) : undefined);
}

function Related({ resource, restPath, id }: { readonly resource: string; readonly restPath: string; readonly id: string }) {
  const name = useNameOf(restPath, id);
  return <Link className="chip truncate" href={recordPath(resource, id)} onClick={(event) => event.stopPropagation()}>{name ?? '…'}</Link>;
}

export function RelationsCell({ resource, field, value }: CellProps) {
  const target = useTarget(resource, field);
  const ids = (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string' && id !== '');
  if (target === undefined) return <span className="truncate">{ids.map((id) => id.slice(0, 8)).join(', ')}</span>;
  return <span className="pills">{ids.map((id) => <Related key={id} resource={target.resource} restPath={target.restPath} id={id} />)}</span>;
}

export const RelationCell = RelationsCell;

interface RecordPickerProps extends Placed {
  readonly target: Target | undefined;
  readonly value: unknown;
  readonly many?: boolean;
  /** The record that is none to choose. */
  readonly without?: string;
  /** With the ids of what was chosen, and what it is called. */
  readonly onPick: (ids: readonly string[], names: readonly string[]) => void;
}

/** Chooses records of a list by searching in it. */
export function RecordPicker({ target, value, many = false, without, onPick, ...placed }: RecordPickerProps) {
  const described = useMaybeResource(target?.resource ?? '');
  const [words, setWords] = useState('');
  const filter = described === undefined ? '' : searchFilter(described, words);
  const found = useQuery({
    queryKey: ['rows', target?.resource, 'picker', filter],
    queryFn: ({ signal }) => listRows(target!.restPath, { pageSize: 20, filter: filter || undefined }, signal),
    enabled: described !== undefined,
    placeholderData: (before) => before,
  });
  const ids = (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string' && id !== '');
  const known = useQuery({
    queryKey: ['rows', target?.resource, 'chosen', ids],
    queryFn: ({ signal }) => listRows(target!.restPath, { pageSize: 100, filter: `id = (${ids.join(' OR ')})` }, signal),
    enabled: target !== undefined && ids.length > 0,
  });
  const options = (found.data?.rows ?? []).filter(({ id }) => id !== without).map((row) => ({ key: row.id, label: nameOf(row) }));
  const chosen = ids.map((id) => {
    const row = known.data?.rows.find((entry) => entry.id === id) ?? found.data?.rows.find((entry) => entry.id === id);
    return { key: id, label: row === undefined ? '…' : nameOf(row) };
  });
  return <Picker {...placed} many={many} options={options} chosen={chosen} onSearch={setWords} loading={found.isFetching} onPick={(picked) => onPick(picked.map(({ key }) => key), picked.map(({ label }) => label))} />;
}

function RelatedPicker({ many, resource, field, value, onChange, onDone, ...placed }: EditorProps & { readonly many: boolean }) {
  const target = useTarget(resource, field);
  return <RecordPicker {...placed} target={target} value={value} many={many} onPick={(ids) => (many ? onChange(ids) : (onDone ?? onChange)(ids[0] ?? ''))} />;
}

export const RelationEditor = (props: EditorProps) => <RelatedPicker {...props} many={false} />;
export const RelationsEditor = (props: EditorProps) => <RelatedPicker {...props} many />;

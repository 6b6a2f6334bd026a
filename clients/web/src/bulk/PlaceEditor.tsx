import type { Field } from '../api/api';
import { isOver } from '../board/board';
import { usePipelines } from '../board/pipelines';
import type { EditorProps } from '../fields/kind';
import { common } from '../fields/text';

const places: ReadonlySet<string> = new Set(['pipeline_id', 'stage_id']);

/** Whether the field says where a deal is in its pipeline. */
export const isPlace = (field: Field): boolean => field.builtIn && places.has(field.path);

/** Where deals go: into a pipeline, or into one of the stages in which they are open. */
export function PlaceEditor(props: EditorProps) {
  const pipelines = usePipelines();
  return (
    <select {...common(props)} className="input" value={typeof props.value === 'string' ? props.value : ''} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">—</option>
      {pipelines.map(({ id, name, stages = [] }) => (props.field.path === 'pipeline_id' ? <option key={id} value={id}>{name}</option> : (
        <optgroup key={id} label={name}>{stages.filter((stage) => stage.archived !== true && !isOver(stage)).map((stage) => <option key={stage.id} value={stage.id}>{stage.name}</option>)}</optgroup>
      )))}
    </select>
  );
}

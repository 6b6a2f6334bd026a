import { usePipelines } from '../board/pipelines';
import type { CellProps } from './kind';

/** Where a deal stands: a pipeline, or a stage of one, by its name. */
export function PlaceCell({ field, value }: CellProps) {
  const pipelines = usePipelines();
  const places = field.path === 'pipeline_id' ? pipelines : pipelines.flatMap(({ stages = [] }) => stages);
  return <span className="truncate">{places.find(({ id }) => id === value)?.name}</span>;
}

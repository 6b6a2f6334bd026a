import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { GripVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource } from '../../api/api';
import { FieldMark } from './FieldMark';
import { FieldMenu } from './FieldMenu';
import { nameOfType, type FieldDef } from './fields';

interface Props {
  readonly resource: Resource;
  readonly field: FieldDef;
  readonly editable: boolean;
  readonly onEdit: () => void;
  readonly onDrop: (id: string, after: boolean) => void;
  readonly onStep: (step: 1 | -1) => void;
}

/** A field of the company: what it is, what holds for it, and a handle by which it is moved. */
export function FieldLine({ resource, field, editable, onEdit, onDrop, onStep }: Props) {
  const t = useTranslations('designer');
  const { line, handle, over, dragged } = useMoving(field.id, editable, onDrop);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
    // The line may have gone to another section, and the handle with it.
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`move-${field.id}`)?.focus()));
  };
  const described = resource.fields.find((entry) => entry.path === `custom_fields.${field.key}`);
  const kind = nameOfType(field.type);
  const flags = [field.required && 'required', field.unique && kind !== 'AUTO_NUMBER' && 'unique', field.searchable && 'searchable', field.visibleWhen !== '' && 'visibleWhen', field.deprecated && 'deprecated'] as const;
  return (
    <li ref={line} className="row-link field-line" data-over={over} data-dragged={dragged}>
      {editable ? <button ref={handle} type="button" id={`move-${field.id}`} className="icon-button handle" aria-label={t('move', { name: field.label })} aria-keyshortcuts="ArrowUp ArrowDown" onKeyDown={press}><GripVertical size={15} aria-hidden /></button> : null}
      <span className="mark-box"><FieldMark name={kind} /></span>
      <span className="who">
        {editable ? <button type="button" className="as-text" onClick={onEdit}>{described?.label ?? field.label}</button> : <span>{described?.label ?? field.label}</span>}
        <small><code>{field.key}</code> · {t(`kinds.${kind}`)}</small>
      </span>
      <span className="grow" />
      <span className="pills flags">{flags.filter((flag) => flag !== false).map((flag) => <span key={flag} className="pill">{t(`flags.${flag}`)}</span>)}</span>
      {editable ? <FieldMenu field={field} onEdit={onEdit} /> : null}
    </li>
  );
}

function useMoving(id: string, editable: boolean, onDrop: Props['onDrop']) {
  const line = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState<'before' | 'after'>();
  const [dragged, setDragged] = useState(false);
  const drop = useRef(onDrop);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => {
    const [element, grip] = [line.current, handle.current];
    if (!editable || element === null || grip === null) return undefined;
    const isBelow = (y: number) => y > element.getBoundingClientRect().top + element.offsetHeight / 2;
    const stops = [
      draggable({ element, dragHandle: grip, getInitialData: () => ({ field: id }), onDragStart: () => setDragged(true), onDrop: () => setDragged(false) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['field'] !== undefined && source.data['field'] !== id,
        onDrag: ({ location }) => setOver(isBelow(location.current.input.clientY) ? 'after' : 'before'),
        onDragLeave: () => setOver(undefined),
        onDrop: ({ source, location }) => {
          setOver(undefined);
          drop.current(`${source.data['field'] as string}`, isBelow(location.current.input.clientY));
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [id, editable]);
  return { line, handle, over, dragged };
}

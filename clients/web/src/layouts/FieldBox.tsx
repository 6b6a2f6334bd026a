import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ArrowDown, ArrowUp, EyeOff, GripVertical, Lock, LockOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource } from '../api/api';
import type { Kind, LayoutField } from './layouts';

interface Props {
  readonly resource: Resource;
  readonly kind: Kind;
  readonly field: LayoutField;
  readonly onStep: (step: 1 | -1) => void;
  readonly onDrop: (path: string, below: boolean) => void;
  readonly onHide: () => void;
  readonly onChange: (parts: Partial<LayoutField>) => void;
}

/** A field in a layout: moved by its handle, hidden, or shown without being changed there. */
export function FieldBox({ resource, kind, field, onStep, onDrop, onHide, onChange }: Props) {
  const t = useTranslations('layouts');
  const { line, handle, over } = useMoving(field.path, onDrop);
  const described = resource.fields.find((entry) => entry.path === field.path);
  const label = described?.label ?? field.path;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
    // The field may have gone to another section, and the handle with it.
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`layout-${field.path}`)?.focus()));
  };
  const fixed = described === undefined || described.outputOnly || described.access !== 'full';
  return (
    <li ref={line} className="row-link field-line layout-line" data-over={over}>
      <button ref={handle} type="button" id={`layout-${field.path}`} className="icon-button handle" aria-label={t('move', { name: label })} aria-keyshortcuts="ArrowUp ArrowDown" onKeyDown={press}><GripVertical size={15} aria-hidden /></button>
      <span className="who"><span className="truncate">{label}</span>{described === undefined ? <small className="danger">{t('gone')}</small> : null}</span>
      <span className="grow" />
      <span className="by-touch">
        <button type="button" className="icon-button" aria-label={t('up', { name: label })} onClick={() => onStep(-1)}><ArrowUp size={15} aria-hidden /></button>
        <button type="button" className="icon-button" aria-label={t('down', { name: label })} onClick={() => onStep(1)}><ArrowDown size={15} aria-hidden /></button>
      </span>
      {kind !== 'LAYOUT_KIND_FORM' || fixed ? null : <button type="button" className="icon-button" aria-pressed={field.readOnly} aria-label={t('readOnly', { name: label })} title={t('readOnly', { name: label })} onClick={() => onChange({ readOnly: !field.readOnly })}>{field.readOnly ? <Lock size={15} aria-hidden /> : <LockOpen size={15} aria-hidden />}</button>}
      {kind !== 'LAYOUT_KIND_LIST' ? null : <input className="input layout-width" type="number" min={40} max={2000} step={10} aria-label={t('width', { name: label })} placeholder={t('auto')} value={field.width || ''} onChange={(event) => onChange({ width: event.target.value === '' ? 0 : Math.round(Number(event.target.value)) })} />}
      <button type="button" className="icon-button" aria-label={t('hide', { name: label })} onClick={onHide}><EyeOff size={15} aria-hidden /></button>
    </li>
  );
}

function useMoving(path: string, onDrop: Props['onDrop']) {
  const line = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState<'before' | 'after'>();
  const drop = useRef(onDrop);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => {
    const [element, grip] = [line.current, handle.current];
    if (element === null || grip === null) return undefined;
    const isBelow = (y: number) => y > element.getBoundingClientRect().top + element.offsetHeight / 2;
    const stops = [
      draggable({ element, dragHandle: grip, getInitialData: () => ({ path }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data['path'] === 'string' && source.data['path'] !== path,
        onDrag: ({ location }) => setOver(isBelow(location.current.input.clientY) ? 'after' : 'before'),
        onDragLeave: () => setOver(undefined),
        onDrop: ({ source, location }) => {
          setOver(undefined);
          drop.current(source.data['path'] as string, isBelow(location.current.input.clientY));
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [path]);
  return { line, handle, over };
}

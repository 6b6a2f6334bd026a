import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ArrowDown, ArrowUp, GripVertical, Pencil, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useResource } from '../api/metadata';
import { useLanguage } from '../i18n/useLanguage';
import { Link } from '../routing/Link';
import { narrowedPath } from '../routing/places';
import { heightOf, resized, widthOf } from './arrange';
import type { Widget } from './dashboards';
import { WidgetBody } from './WidgetBody';

export interface Arranging {
  readonly onMove: (from: number, to: number) => void;
  readonly onChange: (widget: Widget) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

interface Props {
  readonly widget: Widget;
  readonly index: number;
  readonly count: number;
  /** Where it is being arranged. */
  readonly arranging?: Arranging | undefined;
}

const steps: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
const sizes = { ArrowRight: 'wider', ArrowLeft: 'narrower', ArrowDown: 'taller', ArrowUp: 'lower' } as const;

/** A widget in its place; while it is arranged, it is moved by its handle, with the mouse or the arrows, and with Shift made another size. */
export function WidgetCard({ widget, index, count, arranging }: Props) {
  const [t, [language]] = [useTranslations('home'), useLanguage()];
  const resource = useResource(widget.resource);
  const { card, handle, over, dragged } = useMoving(index, arranging?.onMove);
  const title = widget.titleTranslations[language] || widget.title || resource.data?.pluralLabel || widget.resource;
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || arranging === undefined) return;
    event.preventDefault();
    if (event.shiftKey) return arranging.onChange(resized(widget, sizes[event.key as keyof typeof sizes]));
    arranging.onMove(index, index + step);
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`widget-${index + step}`)?.focus()));
  };
  return (
    <section ref={card} className="widget" data-kind={widget.kind} data-over={over} data-dragged={dragged} aria-label={title} style={{ gridColumn: `span ${widthOf(widget)}`, gridRow: `span ${heightOf(widget)}` }}>
      <header>
        {arranging === undefined ? null : <button ref={handle} type="button" id={`widget-${index}`} className="icon-button handle" aria-label={t('move', { name: title })} aria-keyshortcuts="ArrowUp ArrowDown Shift+ArrowRight Shift+ArrowLeft Shift+ArrowDown Shift+ArrowUp" onKeyDown={press}><GripVertical size={15} aria-hidden /></button>}
        <h2 className="truncate">{arranging !== undefined || resource.data === undefined ? title : <Link className="as-text" href={narrowedPath(widget.resource, widget.filter)}>{title}</Link>}</h2>
        <span className="grow" />
        {arranging === undefined ? null : (
          <>
            <span className="by-touch">
              <button type="button" className="icon-button" disabled={index === 0} aria-label={t('earlier', { name: title })} onClick={() => arranging.onMove(index, index - 1)}><ArrowUp size={15} aria-hidden /></button>
              <button type="button" className="icon-button" disabled={index === count - 1} aria-label={t('later', { name: title })} onClick={() => arranging.onMove(index, index + 1)}><ArrowDown size={15} aria-hidden /></button>
            </span>
            <button type="button" className="icon-button" aria-label={t('edit', { name: title })} onClick={arranging.onEdit}><Pencil size={14} aria-hidden /></button>
            <button type="button" className="icon-button" aria-label={t('remove', { name: title })} onClick={arranging.onRemove}><X size={15} aria-hidden /></button>
          </>
        )}
      </header>
      {resource.isError ? <p className="widget-none dim">{t('unreadable')}</p> : resource.data === undefined ? <div className="widget-waiting" aria-busy /> : <WidgetBody resource={resource.data} widget={widget} />}
    </section>
  );
}

function useMoving(index: number, onMove: Arranging['onMove'] | undefined) {
  const card = useRef<HTMLElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const [dragged, setDragged] = useState(false);
  const drop = useRef(onMove);
  useEffect(() => void (drop.current = onMove), [onMove]);
  const movable = onMove !== undefined;
  useEffect(() => {
    const [element, grip] = [card.current, handle.current];
    if (!movable || element === null || grip === null) return undefined;
    const stops = [
      draggable({ element, dragHandle: grip, getInitialData: () => ({ widget: index }), onDragStart: () => setDragged(true), onDrop: () => setDragged(false) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data['widget'] === 'number' && source.data['widget'] !== index,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          drop.current?.(source.data['widget'] as number, index);
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [index, movable]);
  return { card, handle, over, dragged };
}

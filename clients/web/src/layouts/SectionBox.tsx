import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import type { Resource } from '../api/api';
import { translated } from '../settings/objects/ObjectDialog';
import { FieldBox } from './FieldBox';
import { changedSection, withoutSection, type Kind, type Section } from './layouts';

interface Props {
  readonly resource: Resource;
  readonly kind: Kind;
  readonly sections: readonly Section[];
  readonly at: number;
  readonly section: Section;
  readonly onSections: (sections: Section[]) => void;
  readonly onStep: (path: string, step: 1 | -1) => void;
  readonly onPut: (path: string, at: number) => void;
  readonly onHide: (path: string) => void;
}

/** A section of a layout: its heading, and its fields in their order. Of lists and cards there is one, without a heading. */
export function SectionBox({ resource, kind, sections, at, section, onSections, onStep, onPut, onHide }: Props) {
  const [t, id] = [useTranslations('layouts'), useId()];
  const { box, over } = useDropping(section, onPut);
  const change = (parts: Partial<Section>) => onSections(changedSection(sections, at, parts));
  const title = section.title || t('section', { number: at + 1 });
  return (
    <section ref={box} className="section-box" data-over={over} aria-label={title}>
      {kind !== 'LAYOUT_KIND_FORM' ? null : (
        <div className="section-head">
          <input className="input" aria-label={t('sectionTitle')} placeholder={t('section', { number: at + 1 })} maxLength={100} autoComplete="off" value={section.title} onChange={(event) => change({ title: event.target.value })} />
          <input className="input" lang="ru" aria-label={t('sectionRussian')} placeholder={t('inRussian')} maxLength={100} autoComplete="off" value={section.titleTranslations['ru'] ?? ''} onChange={(event) => change({ titleTranslations: translated(section.titleTranslations, event.target.value) })} />
          <label htmlFor={`${id}-closed`} className="check"><input id={`${id}-closed`} type="checkbox" checked={section.collapsed} onChange={(event) => change({ collapsed: event.target.checked })} />{t('closed')}</label>
          <button type="button" className="icon-button" disabled={sections.length < 2} aria-label={t('removeSection', { name: title })} onClick={() => onSections(withoutSection(sections, at))}><Trash2 size={15} aria-hidden /></button>
        </div>
      )}
      {section.fields.length === 0 ? <p className="dim section-none">{t('noFields')}</p> : (
        <ul>
          {section.fields.map((field, index) => (
            <FieldBox key={field.path} resource={resource} kind={kind} field={field} onStep={(step) => onStep(field.path, step)} onDrop={(path, below) => onPut(path, placeAmong(section, path, index, below))} onHide={() => onHide(field.path)}
              onChange={(parts) => change({ fields: section.fields.map((entry) => (entry.path === field.path ? { ...entry, ...parts } : entry)) })} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The place before or below a field, counted without the one that comes to stand there. */
function placeAmong(section: Section, path: string, index: number, below: boolean): number {
  const before = section.fields.slice(0, index).filter((field) => field.path !== path).length;
  return before + (below ? 1 : 0);
}

/** What is dropped on no field of the section comes last. */
function useDropping(section: Section, onPut: Props['onPut']) {
  const box = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const drop = useRef<(path: string) => void>(() => undefined);
  useEffect(() => void (drop.current = (path) => onPut(path, section.fields.filter((field) => field.path !== path).length)), [onPut, section]);
  useEffect(() => {
    if (box.current === null) return undefined;
    return dropTargetForElements({
      element: box.current,
      canDrop: ({ source }) => typeof source.data['path'] === 'string',
      onDragEnter: () => setOver(true), onDragLeave: () => setOver(false),
      onDrop: ({ source, location, self }) => {
        setOver(false);
        if (location.current.dropTargets[0]?.element === self.element) drop.current(source.data['path'] as string);
      },
    });
  }, []);
  return { box, over };
}

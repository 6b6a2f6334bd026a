import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import type { Field, Resource } from '../api/api';
import { kindOf } from '../fields/registry';
import type { Group } from './groups';

interface Props {
  readonly resource: Resource;
  readonly field: Field;
  readonly group: Group;
  /** Its place among the lines. */
  readonly line: number;
  readonly columns: number;
  readonly onToggle: (key: string) => void;
}

/** The head of a group: what its records have in common, how many they are, and a way to close it. */
export function GroupLine({ resource, field, group, line, columns, onToggle }: Props) {
  const [t, kind, id] = [useTranslations('records'), kindOf(field), `group-${line}`];
  return (
    <div role="row" className="line group-line" aria-rowindex={line + 2} style={{ '--index': line } as CSSProperties}>
      <div role="rowheader" aria-colspan={columns}>
        <button type="button" className="icon-button" aria-expanded={group.open} aria-labelledby={id} onClick={() => onToggle(group.key)}><ChevronRight size={15} aria-hidden /></button>
        <span id={id} className="group-title">{group.key === '' ? <span className="dim">{t('groupless', { label: field.label })}</span> : field.type === 'boolean' ? <span>{field.label}: <kind.Cell resource={resource} field={field} value={group.value} /></span> : <kind.Cell resource={resource} field={field} value={group.value} />}</span>
        <span className="count tabular">{t('count', { count: group.count, more: group.more ? 'yes' : 'no' })}</span>
      </div>
    </div>
  );
}

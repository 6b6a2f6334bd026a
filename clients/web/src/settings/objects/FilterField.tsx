import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../../api/api';
import { read } from '../../filters/conditions';
import { FilterBuilder } from '../../filters/FilterBuilder';
import { FilterFault } from '../../records/FilterFault';

interface Props {
  readonly resource: Resource;
  readonly labelledBy: string;
  readonly filter: string;
  readonly fault: string | undefined;
  readonly onFilter: (filter: string) => void;
  /** Somebody has asked for a condition already. */
  readonly begun?: boolean;
}

/** A condition on records: out of comparisons, or in the filter language where they cannot say it. */
export function FilterField({ resource, labelledBy, filter, fault, onFilter, begun = false }: Props) {
  const t = useTranslations('designer');
  const [open, setOpen] = useState(begun || filter !== '');
  const [text, setText] = useState(false);
  const byHand = text || read(filter, resource) === undefined;
  if (!open) return <button type="button" className="button ghost add" onClick={() => setOpen(true)}><Plus size={15} aria-hidden />{t('addCondition')}</button>;
  return (
    <div className="filter-field" role="group" aria-labelledby={labelledBy}>
      {byHand ? (
        <textarea className="input area mono" rows={2} spellCheck={false} aria-labelledby={labelledBy} aria-invalid={fault !== undefined} value={filter} onChange={(event) => onFilter(event.target.value)} />
      ) : <FilterBuilder resource={resource} filter={filter} onFilter={onFilter} onText={() => setText(true)} />}
      {byHand && text && read(filter, resource) !== undefined ? <button type="button" className="button ghost add" onClick={() => setText(false)}>{t('asConditions')}</button> : null}
      {fault === undefined ? null : <FilterFault filter={filter} startsAt={0} said={fault} />}
    </div>
  );
}

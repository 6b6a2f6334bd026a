import type { ApiProblem } from '@platform/api';
import { CornerDownLeft, ListFilter, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'next-intl';
import { FilterFault } from './FilterFault';

interface Props {
  readonly filter: string;
  readonly refusal: ApiProblem | undefined;
  /** Where the filter begins in the one that was asked for. */
  readonly at: number;
  readonly onFilter: (filter: string) => void;
  /** To conditions, where they say as much. */
  readonly onBuild: (() => void) | undefined;
}

/** The filter language, as it is written; what the platform does not understand is marked where it stands. */
export function FilterBox({ filter, refusal, at, onFilter, onBuild }: Props) {
  const [t, words] = [useTranslations('records'), useTranslations('filters')];
  const [text, setText] = useState(filter);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onFilter(text.trim());
  };
  return (
    <form id="filter" className="filter" onSubmit={apply}>
      <div className={`filter-line${refusal === undefined ? '' : ' bad'}`}>
        <input className="input mono" autoFocus spellCheck={false} autoComplete="off" autoCapitalize="off" aria-label={t('filter')} placeholder={t('filterExample')}
          aria-invalid={refusal !== undefined} aria-describedby={refusal === undefined ? undefined : 'filter-fault'} value={text} onChange={(event) => setText(event.target.value)} />
        {onBuild === undefined ? null : <button type="button" className="icon-button" aria-label={words('build')} title={words('build')} onClick={onBuild}><ListFilter size={15} aria-hidden /></button>}
        <button type="submit" className="icon-button" aria-label={t('apply')}><CornerDownLeft size={15} aria-hidden /></button>
        <button type="button" className="icon-button" aria-label={t('clearFilter')} onClick={() => onFilter('')}><X size={15} aria-hidden /></button>
      </div>
      {refusal === undefined ? null : <FilterFault id="filter-fault" filter={filter} startsAt={at} said={refusal.errors[0]?.message ?? refusal.message} />}
    </form>
  );
}

import { Plus, SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { useDraft } from '../ui/useDraft';
import { filterable, operatorsOf, read, write, type Condition } from './conditions';
import { ConditionRow } from './ConditionRow';

interface Props {
  readonly resource: Resource;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** To the language itself, which says more. */
  readonly onText: () => void;
}

/** A filter out of conditions that all have to hold; it is asked for as soon as one of them is whole. */
export function FilterBuilder({ resource, filter, onFilter, onText }: Props) {
  const t = useTranslations('filters');
  const fields = filterable(resource);
  const begun = (): Condition[] => (fields[0] === undefined ? [] : [{ path: fields[0].path, operator: operatorsOf(fields[0])[0] ?? '=', value: '' }]);
  const [{ shown: conditions }, note] = useDraft(filter, (text) => {
    const known = read(text, resource) ?? [];
    return known.length === 0 ? begun() : known;
  });
  const change = (next: Condition[]) => {
    const text = write(next, resource);
    note(next, text);
    if (text !== filter) onFilter(text);
  };
  return (
    <div id="filter" className="filter builder" role="group" aria-label={t('title')}>
      <ul>
        {conditions.map((condition, index) => (
          <ConditionRow key={index} fields={fields} condition={condition}
            onChange={(next) => change(conditions.map((entry, at) => (at === index ? next : entry)))} onRemove={() => change(conditions.filter((_entry, at) => at !== index))} />
        ))}
      </ul>
      <div className="builder-foot">
        <button type="button" className="button ghost" onClick={() => note([...conditions, ...begun()])}><Plus size={15} aria-hidden />{t('add')}</button>
        <button type="button" className="button ghost" onClick={onText}><SquareTerminal size={15} aria-hidden />{t('text')}</button>
      </div>
    </div>
  );
}

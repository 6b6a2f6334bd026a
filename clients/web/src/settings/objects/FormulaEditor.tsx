import { ApiProblem } from '@platform/api';
import { useQuery } from '@tanstack/react-query';
import { Check, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Resource } from '../../api/api';
import { useLanguage } from '../../i18n/useLanguage';
import { faultIn } from '../../records/filters';
import { FilterFault } from '../../records/FilterFault';
import { functions, meant, mended } from './completion';
import { nameOfType, type FieldDraft } from './fields';
import { FormulaInput } from './FormulaInput';
import { FormulaSample } from './FormulaSample';
import { lookAtField } from './metadata';

interface Props {
  readonly id: string;
  readonly resource: Resource;
  readonly draft: FieldDraft;
  /** What was said when it was to be saved. */
  readonly fault: string | undefined;
  readonly onChange: (formula: string) => void;
}

/** A formula, and what the platform makes of it while it is written: the type of its values, or what is wrong and where. */
export function FormulaEditor({ id, resource, draft, fault, onChange }: Props) {
  const t = useTranslations('designer');
  const formula = draft.formula ?? '';
  const looked = useLook(resource, draft);
  const said = looked.formula === formula ? (looked.fault ?? (looked.type === undefined ? fault : undefined)) : undefined;
  const at = said === undefined ? undefined : faultIn(formula, 0, said).at;
  const name = said === undefined ? undefined : meant(said);
  return (
    <div className="formula">
      <label className="form-label" htmlFor={id}>{t('field.formula')}<span className="required" aria-hidden> *</span></label>
      <FormulaInput id={id} resource={resource} value={formula} invalid={said !== undefined} describedBy={`${id}-said`} onChange={onChange} />
      <div id={`${id}-said`} className="formula-said" aria-live="polite">
        {formula.trim() === '' ? <p className="dim">{t('formula.hint')}</p>
          : said !== undefined ? <FilterFault filter={formula} startsAt={0} said={said} />
          : looked.formula !== formula ? <p className="dim"><LoaderCircle size={14} aria-hidden className="spin" />{t('formula.looking')}</p>
          : looked.type === undefined ? null : <p className="good"><Check size={15} aria-hidden />{t('formula.gives')} <b>{t(`kinds.${looked.type}`)}</b></p>}
        {at === undefined || name === undefined ? null : <button type="button" className="button" onClick={() => onChange(mended(formula, at, name))}>{t('formula.use', { name })}</button>}
      </div>
      <FormulaSample id={id} resource={resource} formula={looked.formula === formula && looked.type !== undefined ? formula : undefined} />
      <details className="formula-help">
        <summary>{t('formula.functions')}</summary>
        <ul>{functions.map(([key, takes]) => <li key={key}><code>{key}({takes})</code></li>)}</ul>
      </details>
    </div>
  );
}

interface Looked {
  /** Of which it is said; undefined before the first answer. */
  readonly formula: string | undefined;
  readonly type?: ReturnType<typeof nameOfType> | undefined;
  readonly fault?: string | undefined;
}

/** Asked a moment after the last letter. The answer is of one formula, whatever is written meanwhile. */
function useLook(resource: Resource, { id, formula = '' }: FieldDraft): Looked {
  const [language] = useLanguage();
  const [still, setStill] = useState(formula);
  useEffect(() => {
    const timer = setTimeout(() => setStill(formula), 300);
    return () => clearTimeout(timer);
  }, [formula]);
  const answer = useQuery({
    queryKey: ['designer', 'look', resource.resource, id, still, language],
    // Any key will do for one that is not there yet.
    queryFn: () => lookAtField({ type: 'FIELD_TYPE_FORMULA', formula: still, ...(id === undefined ? { resource: resource.resource, key: 'formula_being_written', label: '…' } : { id }) }),
    enabled: still.trim() !== '',
    retry: false,
  });
  if (answer.isError) return { formula: still, fault: answer.error instanceof ApiProblem ? (answer.error.errors[0]?.message ?? answer.error.message) : answer.error.message };
  return answer.data === undefined ? { formula: undefined } : { formula: still, type: nameOfType(answer.data.resultType) };
}

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { keyOf, type Choice } from './fields';
import { translated } from './ObjectDialog';

const colors = ['', '#6d67f0', '#2b8fd6', '#209aa3', '#26a06c', '#d98e12', '#e0584a', '#d24a93', '#868793'];

interface Props {
  readonly choices: readonly Choice[];
  /** Whether records may hold the keys of these choices already. */
  readonly isKept: boolean;
  /** What is wrong with one of them, by its place. */
  readonly faultOf: (index: number) => string | undefined;
  readonly onChange: (choices: Choice[]) => void;
}

/** Choices in their order, each with its colour and its names. */
export function ChoiceList({ choices, isKept, faultOf, onChange }: Props) {
  const t = useTranslations('designer');
  const list = useRef<HTMLUListElement>(null);
  const grown = useRef(false);
  useEffect(() => {
    // Who adds a choice goes on to write its name.
    if (grown.current) list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
    grown.current = false;
  }, [choices.length]);
  const add = () => {
    grown.current = true;
    onChange([...choices, { key: '', label: '', labelTranslations: {}, deprecated: false, color: colors[1 + (choices.length % (colors.length - 1))]! }]);
  };
  const set = (at: number, parts: Partial<Choice>) => onChange(choices.map((choice, index) => (index === at ? { ...choice, ...parts } : choice)));
  const swap = (at: number, other: number) => onChange(choices.map((choice, index) => (index === at ? choices[other]! : index === other ? choices[at]! : choice)));
  // Records hold the keys of what was there when it was opened; what is added gets its key from its name until it is saved.
  const [known] = useState(() => new Set(isKept ? choices.map((choice) => choice.key) : []));
  return (
    <>
      <ul ref={list} className="choice-list">
        {choices.map((choice, index) => {
          const fault = faultOf(index);
          const name = choice.label || `${index + 1}`;
          return (
            <li key={index} className="choice-line">
              <span className="choice-color">
                <span className="dot" style={choice.color === '' ? {} : { background: choice.color }} data-none={choice.color === ''} />
                <select aria-label={t('color', { name })} value={colors.includes(choice.color) ? choice.color : ''} onChange={(event) => set(index, { color: event.target.value })}>
                  {colors.map((color, at) => <option key={color} value={color}>{color === '' ? t('noColor') : t(`colors.${at as 1}`)}</option>)}
                </select>
              </span>
              <input className="input" aria-label={t('choiceLabel', { number: index + 1 })} maxLength={100} autoComplete="off" value={choice.label} aria-invalid={fault !== undefined}
                onChange={(event) => set(index, { label: event.target.value, ...(known.has(choice.key) ? {} : { key: unusedKey(keyOf(event.target.value), choices, index) }) })}
                onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); add(); } }} />
              <input className="input" lang="ru" aria-label={t('choiceRussian', { number: index + 1 })} placeholder={t('inRussian')} maxLength={100} autoComplete="off" value={choice.labelTranslations['ru'] ?? ''} onChange={(event) => set(index, { labelTranslations: translated(choice.labelTranslations, event.target.value) })} />
              <span className="choice-does">
                <button type="button" className="icon-button" disabled={index === 0} aria-label={t('choiceUp', { name })} onClick={() => swap(index, index - 1)}><ArrowUp size={14} aria-hidden /></button>
                <button type="button" className="icon-button" disabled={index === choices.length - 1} aria-label={t('choiceDown', { name })} onClick={() => swap(index, index + 1)}><ArrowDown size={14} aria-hidden /></button>
                <button type="button" className="icon-button" aria-label={t('choiceRemove', { name })} onClick={() => onChange(choices.filter((_choice, at) => at !== index))}><X size={14} aria-hidden /></button>
              </span>
              {fault === undefined ? null : <p className="fault" role="alert">{fault}</p>}
            </li>
          );
        })}
      </ul>
      <button type="button" className="button ghost add" onClick={add}><Plus size={15} aria-hidden />{t('addChoice')}</button>
    </>
  );
}

/** Two choices never have one key. */
export function unusedKey(key: string, choices: readonly Choice[], at: number): string {
  const taken = new Set(choices.filter((_choice, index) => index !== at).map((choice) => choice.key));
  let [found, number] = [key, 2];
  while (found !== '' && taken.has(found)) found = `${key}_${number++}`;
  return found;
}

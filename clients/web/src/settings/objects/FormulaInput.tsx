import { useTranslations } from 'next-intl';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource } from '../../api/api';
import { completed, suggest, wordBefore, type Suggestion } from './completion';

interface Props {
  readonly id: string;
  readonly resource: Resource;
  readonly value: string;
  readonly invalid: boolean;
  readonly describedBy?: string | undefined;
  readonly rows?: number;
  readonly onChange: (formula: string) => void;
}

/** A formula with what can stand there offered as one writes: arrows choose, Enter or Tab takes, Escape writes on. */
export function FormulaInput({ id, resource, value, invalid, describedBy, rows = 4, onChange }: Props) {
  const [t, listId] = [useTranslations('designer'), useId()];
  const input = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const fields = resource.fields.filter((field) => field.filterable && field.access === 'full' && field.type !== 'list' && field.path !== 'etag');
  const word = caret === undefined ? undefined : wordBefore(value, caret);
  const offered = word === undefined ? [] : suggest(word.word, fields).filter((entry) => entry.text !== word.word);
  const take = (entry: Suggestion) => {
    if (word === undefined || caret === undefined) return;
    const next = completed(value, word.from, caret, entry);
    onChange(next.formula);
    setCaret(undefined);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const press = (event: KeyboardEvent) => {
    if (offered.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setChosen((now) => (now + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offered[Math.min(chosen, offered.length - 1)]!);
    else if (event.key === 'Escape') {
      // The list alone is closed, not the form around it.
      event.stopPropagation();
      setCaret(undefined);
    } else return;
    event.preventDefault();
  };
  const write = (element: HTMLTextAreaElement) => {
    onChange(element.value);
    setCaret(element.selectionStart);
    setChosen(0);
  };
  return (
    <div className="formula-input">
      <textarea ref={input} id={id} className="input area mono" rows={rows} spellCheck={false} autoComplete="off" autoCapitalize="off" value={value} role="combobox" aria-autocomplete="list" aria-expanded={offered.length > 0}
        aria-controls={listId} aria-activedescendant={offered.length > 0 ? `${listId}-${Math.min(chosen, offered.length - 1)}` : undefined} aria-invalid={invalid} aria-describedby={describedBy}
        onChange={(event) => write(event.target)} onKeyDown={press} onBlur={() => setCaret(undefined)} />
      <ul id={listId} role="listbox" aria-label={t('formula.offered')} className="offers" hidden={offered.length === 0}>
        {offered.map((entry, index) => (
          <li key={`${entry.kind} ${entry.text}`} id={`${listId}-${index}`} role="option" aria-selected={index === chosen} onMouseDown={(event) => { event.preventDefault(); take(entry); }}>
            <code>{entry.kind === 'function' ? entry.label : entry.text}</code>{entry.kind === 'field' ? <small>{entry.label}</small> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What can stand at a place of a formula. */
export interface Suggestion {
  readonly text: string;
  readonly label: string;
  readonly kind: 'field' | 'function';
}

/** The functions of formulas, with what they take. */
export const functions: readonly (readonly [name: string, takes: string])[] = [
  ['if', 'condition, value, otherwise'], ['coalesce', 'value, value, …'], ['has', 'value'],
  ['concat', 'text, text, …'], ['upper', 'text'], ['lower', 'text'], ['trim', 'text'], ['len', 'text'], ['left', 'text, number'], ['right', 'text, number'], ['text', 'value'],
  ['round', 'number, digits'], ['floor', 'number'], ['ceil', 'number'], ['abs', 'number'], ['min', 'number, number'], ['max', 'number, number'],
  ['money', 'number, "EUR"'], ['amount', 'money'], ['currency', 'money'],
  ['date', '"2026-05-31"'], ['year', 'date'], ['month', 'date'], ['day', 'date'], ['addDays', 'date, number'], ['addMonths', 'date, number'], ['addYears', 'date, number'],
];

/** The word that is being written before the caret, and where it begins; none within a text in quotes. */
export function wordBefore(formula: string, caret: number): { readonly word: string; readonly from: number } | undefined {
  const before = formula.slice(0, caret);
  if ((before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1) return undefined;
  const word = /[\p{L}_][\p{L}\p{N}_.]*$/u.exec(before)?.[0] ?? '';
  return { word, from: caret - word.length };
}

/** What begins with the word or has it in its name or label: what begins with it first, fields before functions. */
export function suggest(word: string, fields: readonly { readonly path: string; readonly label: string }[]): Suggestion[] {
  if (word === '') return [];
  const wanted = word.toLowerCase();
  const all: Suggestion[] = [
    ...fields.map(({ path, label }) => ({ text: path, label, kind: 'field' as const })),
    ...functions.map(([name, takes]) => ({ text: name, label: `${name}(${takes})`, kind: 'function' as const })),
  ];
  const rank = ({ text, label }: Suggestion): number => {
    const name = text.toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted) || name.replace('custom_fields.', '').startsWith(wanted)) return 1;
    if (label.toLowerCase().startsWith(wanted)) return 2;
    return name.includes(wanted) || label.toLowerCase().includes(wanted) ? 3 : 9;
  };
  return all.filter((entry) => rank(entry) < 9).toSorted((a, b) => rank(a) - rank(b)).slice(0, 8);
}

/** The formula with the suggestion in place of the word, and where the caret stands then: within the parentheses of a function. */
export function completed(formula: string, from: number, to: number, { text, kind }: Suggestion): { readonly formula: string; readonly caret: number } {
  const opens = kind === 'function' && formula[to] !== '(';
  return { formula: formula.slice(0, from) + text + (opens ? '()' : '') + formula.slice(to), caret: from + text.length + (kind === 'function' ? 1 : 0) };
}

/** The name that a refusal thinks was meant; it stands in quotes at the end of the sentence, whatever the language. */
export const meant = (sentence: string): string | undefined => /['"«„‘“]([\w.]+)['"»“’”]\s*[?？]$/u.exec(sentence.trim())?.[1];

/** The formula with what was meant in place of the word at the fault. */
export function mended(formula: string, at: number, name: string): string {
  const wrong = /^[\p{L}_][\p{L}\p{N}_.]*/u.exec(formula.slice(at))?.[0] ?? '';
  return formula.slice(0, at) + name + formula.slice(at + wrong.length);
}

import type { Field, Resource } from '../api/api';
import { quoted } from '../records/filters';

export type Operator = '=' | '!=' | ':' | '<' | '<=' | '>' | '>=' | 'starts' | 'last' | 'empty' | 'filled';

/** A comparison of one field; a filter that people build is several of them that all hold. */
export interface Condition {
  readonly path: string;
  readonly operator: Operator;
  /** As the filter language has it without its quotes; nothing where the operator needs none. */
  readonly value: string;
}

const words: readonly Operator[] = [':', '=', '!=', 'starts', 'filled', 'empty'];
const sizes: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'filled', 'empty'];
const choices: readonly Operator[] = ['=', '!=', 'filled', 'empty'];
const times: readonly Operator[] = ['<', '<=', '>', '>=', 'last', 'filled', 'empty'];

const operators: Readonly<Record<string, readonly Operator[]>> = {
  text: words, email: words, phone: words, url: words, long_text: words, auto_number: words, confidential: words,
  number: sizes, decimal: sizes, money: sizes, date: ['=', ...times], instant: times,
  enum: choices, single_choice: choices, user: choices, boolean: ['='], multiple_choice: [':', 'filled', 'empty'], relation: ['filled', 'empty'],
};

export const operatorsOf = (field: Field): readonly Operator[] => operators[field.type] ?? [];

/** Fields of which people can build conditions. */
export const filterable = (resource: Resource): Field[] => resource.fields.filter((field) => field.filterable && field.access === 'full' && operatorsOf(field).length > 0);

export const needsValue = (operator: Operator): boolean => operator !== 'empty' && operator !== 'filled';

const bare = new Set(['number', 'decimal', 'money', 'boolean', 'enum', 'date']);

function writeOne({ path, operator, value }: Condition, field: Field | undefined): string {
  if (operator === 'empty') return `${path} = null`;
  if (operator === 'filled') return `${path}:*`;
  if (operator === 'last') return `${path} >= daysAgo(${value})`;
  if (operator === 'starts') return `${path} = ${quoted(value).slice(0, -1)}*"`;
  const plain = value === 'user.id' || (bare.has(field?.type ?? '') && /^[\w.-]+$/.test(value)) || (field?.type === 'instant' && /^\d{4}-\d{2}-\d{2}$/.test(value));
  return `${path} ${operator} ${plain ? value : quoted(value)}`;
}

/** The conditions in the filter language; one that is not finished is left out. */
export const write = (conditions: readonly Condition[], resource: Resource): string =>
  conditions.filter(({ path, operator, value }) => path !== '' && (!needsValue(operator) || value.trim() !== ''))
    .map((condition) => writeOne(condition, resource.fields.find((field) => field.path === condition.path))).join(' AND ');

const one = /^([a-z_][\w.]*)\s*(!=|<=|>=|=|<|>|:)\s*(?:"((?:[^"\\]|\\.)*)"|daysAgo\((\d+)\)|(\*)|([\w.-]+))(?:\s+AND\s+|\s*$)/;
const plainOf = (text: string): string => text.replace(/\\(.)/g, '$1');

/** What people can build, read back from the language; nothing where the filter says more than that. */
export function read(filter: string, resource: Resource): Condition[] | undefined {
  const found: Condition[] = [];
  let rest = filter.trim();
  while (rest !== '') {
    const match = one.exec(rest);
    const [all = '', path = '', sign = '', text, days, anything, word] = match ?? [];
    const condition = conditionOf(path, sign, text, days, anything, word);
    const field = resource.fields.find((entry) => entry.path === path);
    if (condition === undefined || field === undefined || !operatorsOf(field).includes(condition.operator)) return undefined;
    found.push(condition);
    rest = rest.slice(all.length);
    if (rest === '' && /\sAND\s+$/.test(all)) return undefined;
  }
  return found;
}

function conditionOf(path: string, sign: string, text: string | undefined, days: string | undefined, anything: string | undefined, word: string | undefined): Condition | undefined {
  if (anything !== undefined) return sign === ':' ? { path, operator: 'filled', value: '' } : undefined;
  if (days !== undefined) return sign === '>=' ? { path, operator: 'last', value: days } : undefined;
  if (text !== undefined) {
    const star = /(?<!\\)(?:\\\\)*\*/.exec(text);
    if (star === null) return { path, operator: sign as Operator, value: plainOf(text) };
    return sign === '=' && star.index + star[0].length === text.length ? { path, operator: 'starts', value: plainOf(text.slice(0, -1)) } : undefined;
  }
  if (word === undefined) return undefined;
  return word === 'null' && sign === '=' ? { path, operator: 'empty', value: '' } : { path, operator: sign as Operator, value: word };
}

import type { Resource } from '../api/api';
import { may } from '../api/rights';
import type { Language } from '../i18n/languages';
import { listPath, recordPath } from '../routing/places';
import { menuOf } from '../shell/menu';

/** What can be done from anywhere; the menu, the keys and the sheet of keys all read it. */
export interface Command {
  readonly id: string;
  readonly group: 'act' | 'records' | 'go' | 'create' | 'find' | 'view';
  readonly label: string;
  /** Whose mark stands before it. */
  readonly resource?: string;
  /** What else there is to say, such as with what it is done. */
  readonly hint?: string;
  readonly keys?: readonly string[];
  readonly to?: string;
  readonly run?: () => void;
}

export interface Texts {
  readonly create: (label: string) => string;
  readonly find: (words: string, label: string) => string;
}

/** The letter after G that leads to a list: the first of its English name, which its id ends with. */
const letters: Readonly<Record<string, string>> = { 'contacts.person': 'p', 'contacts.company': 'c', 'contacts.lead': 'l', 'deals.deal': 'd', 'finance.invoice': 'i' };

const nameOf = (resource: Resource): string => resource.pluralLabel || resource.label;

export function commandsOf(resources: readonly Resource[], language: Language, words: string, texts: Texts): Command[] {
  const listed = menuOf(resources, language).flatMap((group) => group.resources);
  const go = listed.map((resource): Command => {
    const letter = letters[resource.resource];
    return { id: `go ${resource.resource}`, group: 'go', label: nameOf(resource), resource: resource.resource, to: listPath(resource.resource), ...(letter === undefined ? {} : { keys: ['g', letter] }) };
  });
  const create = listed.filter((resource) => may(resource, 'create'))
    .map((resource): Command => ({ id: `create ${resource.resource}`, group: 'create', label: texts.create(resource.label), resource: resource.resource, to: `${listPath(resource.resource)}?new=1` }));
  const find = words.trim() === '' ? [] : listed
    .map((resource): Command => ({ id: `find ${resource.resource}`, group: 'find', label: texts.find(words.trim(), nameOf(resource)), resource: resource.resource, to: `${listPath(resource.resource)}?q=${encodeURIComponent(words.trim())}` }));
  return [...go, ...create, ...find];
}

export interface Hit {
  readonly type: string;
  readonly id: string;
  readonly title?: string;
  readonly fragments?: readonly { readonly field: string; readonly text: string }[];
}

/** What the search over all records has found, by what it is called and where it was found. */
export function hitCommands(hits: readonly Hit[], resources: readonly Resource[]): Command[] {
  return hits.map(({ type, id, title, fragments }) => {
    const found = fragments?.find((fragment) => fragment.text !== title)?.text;
    const label = resources.find((resource) => resource.resource === type)?.label ?? type;
    return { id: `record ${type} ${id}`, group: 'records', label: title || found || id.slice(0, 8), resource: type, hint: found === undefined || found === '' ? label : `${label} · ${found}`, to: recordPath(type, id) };
  });
}

const plain = (text: string): string => text.toLocaleLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Commands that have every word, those first whose name begins with the first one. */
export function matching(commands: readonly Command[], words: string): Command[] {
  const asked = plain(words).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return commands.filter((command) => command.group !== 'find');
  const fits = commands.filter((command) => command.group === 'records' || command.group === 'find' || asked.every((word) => plain(command.label).includes(word)));
  const first = (command: Command) => (plain(command.label).startsWith(asked[0]!) ? 0 : 1);
  return fits.toSorted((a, b) => (a.group === b.group ? first(a) - first(b) : 0));
}

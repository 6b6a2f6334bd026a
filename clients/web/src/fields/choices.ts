import type { Field } from '../api/api';

export interface Option {
  readonly key: string;
  readonly label: string;
  readonly color?: string;
  /** Of the palette, where how things stand has a colour that people know. */
  readonly hue?: number;
  readonly deprecated?: boolean;
}

/** Several names of one enum begin alike: LEAD_STATUS_NEW, LEAD_STATUS_LOST. */
function shared(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  let length = first.lastIndexOf('_') + 1;
  while (length > 0 && !rest.every((name) => name.startsWith(first.slice(0, length)))) length = first.lastIndexOf('_', length - 2) + 1;
  return first.slice(0, length);
}

function sentence(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const standings: readonly (readonly [RegExp, number])[] = [[/(_(WON|PAID|CONVERTED|ACTIVE|DONE|ACCEPTED)|CATEGORY_CLOSED)$/, 2], [/_(LOST|UNQUALIFIED|DISQUALIFIED|CANCELLED|CREDITED|OVERDUE|DECLINED)$/, 4], [/(_(OPEN|NEW|ISSUED|SENT)|CATEGORY_BEST_CASE)$/, 1], [/_(QUALIFIED|CONTACTED|WORKING|COMMIT)$/, 0], [/_(DRAFT|OMITTED|PIPELINE|SUPERSEDED)$/, 7], [/_EXPIRED$/, 3]];

function hueOf(name: string): { hue?: number } {
  const found = standings.find(([pattern]) => pattern.test(name));
  return found === undefined ? {} : { hue: found[1] };
}

/** What a field of choices or an enum can be; a translation of the enum's value where there is one. */
export function optionsOf(field: Field, translated: (key: string) => string | undefined = () => undefined): Option[] {
  if (field.type !== 'enum')
    return (field.definition?.choices ?? []).map(({ key, label, color, deprecated }) => ({ key, label: label || key, deprecated, ...(color ? { color } : {}) }));
  const prefix = shared(field.enumValues);
  return field.enumValues
    .filter((name) => !name.endsWith('_UNSPECIFIED'))
    .map((key) => ({ key, label: translated(key) ?? sentence(key.slice(prefix.length)), ...hueOf(key) }));
}

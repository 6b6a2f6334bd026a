import type { Field, Row } from '../api/api';
import { patchOf } from '../records/values';
import type { Kind } from './kinds';

/** Which records are meant: some of them, or all that a filter finds. */
export type Chosen = { readonly ids: readonly string[] } | { readonly filter: string; readonly timeZone: string };

/** Those that are seen as chosen: a filter only where more is meant than is loaded, since it finds what came in the meantime as well. */
export const chosenOf = (rows: readonly Row[], beyond: boolean, filter: string, timeZone: string): Chosen => (beyond ? { filter, timeZone } : { ids: rows.map(({ id }) => id) });

/** What is said of them to the platform: in exactly one way. */
export function whichOf(chosen: Chosen): Record<string, unknown> {
  if ('ids' in chosen) return { ids: chosen.ids };
  return chosen.filter === '' ? { all: true } : { filter: chosen.filter, timeZone: chosen.timeZone };
}

/** One value for a field of all of them; an empty one takes the value away. */
export function updateOf(kind: Kind, field: Field, value: unknown): Record<string, unknown> {
  const { mask, body } = patchOf({ id: '' }, field, value);
  const record = Object.fromEntries(Object.entries(body).filter(([part]) => part !== 'id'));
  // Of the company's own fields each that is there is taken; of the others those that the mask names, so that they can be emptied.
  return { update: { [kind.noun]: record, ...(mask.startsWith('customFields.') ? {} : { updateMask: mask }) } };
}

/** What is wrong with a part of the order, in the platform's words: of the part itself, or of anything in it. */
export function faultOf(errors: readonly { readonly field: string; readonly message: string }[], ...places: readonly string[]): string | undefined {
  return errors.find(({ field }) => places.some((place) => field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`)))?.message;
}

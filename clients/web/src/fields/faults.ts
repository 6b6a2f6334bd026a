import type { Field } from '../api/api';

/** What is wrong with a field, or with a part of what is in it. */
export interface Fault {
  /** Where in it: "[2].address.country"; empty where it is about all of it. */
  readonly place: string;
  readonly message: string;
}

interface Refused {
  readonly field: string;
  readonly message: string;
}

/** What a refusal says of a field: it names "person.otherEmails[2].address". */
export const faultsOf = ({ jsonPath, path }: Pick<Field, 'jsonPath' | 'path'>, refused: readonly Refused[]): Fault[] => refused.flatMap(({ field, message }) => {
  // Behind what the record is called in the request, and not deeper: an address has a field "address" too.
  const said = [field, field.slice(field.indexOf('.') + 1)];
  for (const name of [jsonPath, path]) {
    const place = said.find((entry) => entry.startsWith(name) && /^($|\[|\.)/.test(entry.slice(name.length)))?.slice(name.length);
    if (place !== undefined) return [{ place, message }];
  }
  return [];
});

/** What is said of a part, without the way to it; `part` is "[2]" or "address". */
export const faultsAt = (faults: readonly Fault[], part: string): Fault[] => faults.flatMap(({ place, message }) => {
  const rest = place.startsWith('.') ? place.slice(1) : place;
  const left = rest.startsWith(part) ? rest.slice(part.length) : undefined;
  return left !== undefined && (left === '' || left.startsWith('.') || left.startsWith('[')) ? [{ place: left, message }] : [];
});

/** What is about all of it, so that no part of its editor says it. */
export const wholeOf = (faults: readonly Fault[], placed: boolean): string | undefined => faults.find(({ place }) => !placed || place === '')?.message;

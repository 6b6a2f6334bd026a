import type { MutationOptions, QueryClient } from '@tanstack/react-query';
import type { Call, Field, Resource, Row } from '../api/api';
import { changed } from '../api/changed';
import { rowAddress, rowKey } from './queries';
import { patchOf, valueAt, withValue } from './values';

/** One field of a record and what it shall hold. */
export interface FieldChange {
  readonly field: Field;
  readonly value: unknown;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Shows a change at once and takes back that field alone where the platform refuses it: other fields, and the etag, are what they have become since.
 * What somebody else changed meanwhile is never overwritten.
 */
export function changeOptions(client: QueryClient, call: Call, resource: Resource, id: string): MutationOptions<Row, Error, FieldChange, unknown> {
  const [key, mutationKey] = [rowKey(resource, id), ['change', resource.resource, id]];
  const others = (change: FieldChange): FieldChange[] =>
    client.getMutationCache().findAll({ mutationKey, status: 'pending' }).map((entry) => entry.state.variables as FieldChange).filter((entry) => entry !== change);
  return {
    mutationKey,
    // One change of a record after the other: each carries the etag that the one before it brought.
    scope: { id: `${resource.resource}/${id}` },
    mutationFn: ({ field, value }) => {
      const { mask, body } = patchOf(client.getQueryData<Row>(key) ?? { id }, field, value);
      return call<Row>('PATCH', rowAddress(resource, id), { query: { updateMask: mask }, body });
    },
    onMutate: async ({ field, value }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Row>(key);
      if (before === undefined) return undefined;
      client.setQueryData(key, withValue(before, field.jsonPath, value));
      return valueAt(before, field.jsonPath);
    },
    onError: (_fault, { field, value }, before) => {
      client.setQueryData<Row>(key, (now) => (now !== undefined && same(valueAt(now, field.jsonPath), value) ? withValue(now, field.jsonPath, before) : now));
    },
    onSuccess: (row, change) => {
      client.setQueryData(key, others(change).reduce((shown, { field, value }) => withValue(shown, field.jsonPath, value), row));
    },
    onSettled: (_row, _fault, change) => {
      // What comes from the platform before the last of them is saved would take the others back.
      if (others(change).length === 0) void changed(client, resource.resource, id);
    },
  };
}

import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Row } from '../src/api/api';
import { readAgain, tellsOf } from '../src/api/changed';
import { afterOwn, bring, find, put } from '../src/records/cells';
import { begunWith, placeOf, spotOf } from '../src/records/grid';
import { field, resource } from './made';

const people = resource([field('name')]);
const row = (id: string, more: object = {}): Row => ({ id, ...more });

describe('a record that is changed in a list', () => {
  it('is changed wherever it is shown, in lists of pages, in a few at once, and not in what is neither', () => {
    const client = new QueryClient();
    const other = { rows: [row('b')], next: '' };
    client.setQueryData(['rows', people.resource, '', ''], { pages: [other, { rows: [row('a')], next: '' }], pageParams: ['', ''] });
    client.setQueryData(['rows', people.resource, 'related', 'x'], { rows: [row('a')], next: '' });
    client.setQueryData(['rows', people.resource, 'found', 'x'], [row('a')]);
    client.setQueryData(['rows', people.resource, 'none'], null);
    put(client, people, 'a', (now) => ({ ...now, name: 'Ann' }));
    const now = client.getQueryData<{ pages: { rows: Row[] }[] }>(['rows', people.resource, '', ''])!;
    expect([now.pages[1]!.rows, now.pages[0] === other]).toEqual([[{ id: 'a', name: 'Ann' }], true]);
    expect(client.getQueryData(['rows', people.resource, 'related', 'x'])).toEqual({ rows: [{ id: 'a', name: 'Ann' }], next: '' });
    expect(client.getQueryData(['rows', people.resource, 'found', 'x'])).toEqual([row('a')]);
  });

  it('is what the screen shows, and not what a list held that was left', () => {
    const client = new QueryClient();
    client.setQueryData(['rows', people.resource, 'left'], { rows: [row('a', { etag: 'old' })], next: '' });
    expect(find(client, people, 'a')).toBeUndefined();
    client.setQueryData(['rows', people.resource, 'shown'], { rows: [row('a', { etag: 'new' })], next: '' });
    const leave = new QueryObserver(client, { queryKey: ['rows', people.resource, 'shown'], enabled: true, staleTime: Infinity, queryFn: () => null }).subscribe(() => undefined);
    expect(find(client, people, 'a')?.etag).toBe('new');
    leave();
  });

  it('is written over what was changed from here since it was read, and over nothing else', () => {
    bring('1', '2', 'a');
    bring('2', '3', 'a');
    expect(['1', '2', '9'].map((etag) => afterOwn(row('a', { etag })).etag)).toEqual(['3', '3', '9']);
    expect(afterOwn(row('b', { etag: '1' })).etag).toBe('1');
  });

  it('keeps its place when others come before it', () => {
    const rows = [row('a'), row('b')];
    const spot = spotOf({ row: 1, column: 2 }, rows);
    expect(placeOf(spot, [row('new'), ...rows])).toEqual({ row: 2, column: 2 });
    expect([placeOf(spot, [row('a')]), spotOf({ row: 5, column: 0 }, rows), placeOf(undefined, rows)]).toEqual([undefined, undefined, undefined]);
  });

  it('begins with what is typed as a value of the field', () => {
    expect([begunWith(field('n', 'number'), '5'), begunWith(field('n', 'number'), 'x'), begunWith(field('t'), '5')]).toEqual([5, 'x', '5']);
  });
});

describe('what is read again', () => {
  it('is all that is shown of a record, and what leads to it', () => {
    const told = (key: unknown[], id?: string) => tellsOf(key, 'deals.deal', id);
    expect([['quotes', 'a'], ['followers', 'a'], ['rows', 'finance.invoice', 'related', 'owner = "a"'], ['rows', 'deals.deal', '']].map((key) => told(key, 'a'))).toEqual([true, true, true, true]);
    expect([['quotes', 'b'], ['followers', 'b'], ['rows', 'finance.invoice', 'related', 'of = "b"'], ['rows', 'finance.invoice', 'a']].map((key) => told(key, 'a'))).toEqual([false, false, false, false]);
    expect(tellsOf(['quotes', 'a'], 'contacts.person', 'a')).toBe(false);
  });

  it('is read to its end, and once more where it may be older than the change', async () => {
    const client = new QueryClient();
    const ends: (() => void)[] = [];
    const leave = new QueryObserver(client, { queryKey: ['rows'], queryFn: () => new Promise<number>((resolve) => ends.push(() => resolve(ends.length))) }).subscribe(() => undefined);
    const again = readAgain(client, ({ queryKey }) => queryKey[0] === 'rows');
    expect(ends).toHaveLength(1);
    ends[0]!();
    await new Promise((resolve) => setTimeout(resolve));
    expect(ends).toHaveLength(2);
    ends[1]!();
    await again;
    expect([ends.length, client.getQueryData(['rows'])]).toEqual([2, 2]);
    leave();
  });
});

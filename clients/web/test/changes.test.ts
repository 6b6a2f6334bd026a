import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Call, Row } from '../src/api/api';
import { changed, tellsOf } from '../src/api/changed';
import { changeOptions } from '../src/records/changes';
import { rowKey } from '../src/records/queries';
import { field, resource } from './made';

const person = resource([field('phone'), field('email')]);
const key = rowKey(person, '1');
const settled = () => new Promise((resolve) => setTimeout(resolve));

function record() {
  const client = new QueryClient();
  client.setQueryData(key, { id: '1', etag: 'e1', phone: 'old', email: 'old' });
  const open: { etag: unknown; answer: (row: Row) => void; refuse: (fault: Error) => void }[] = [];
  const call = ((_method: string, _path: string, request: { body: { etag: string } }) =>
    new Promise((resolve, reject) => open.push({ etag: request.body.etag, answer: resolve, refuse: reject }))) as unknown as Call;
  const set = (path: string, value: unknown) => new MutationObserver(client, changeOptions(client, call, person, '1')).mutate({ field: field(path), value });
  return { open, set, now: () => client.getQueryData<Row>(key) };
}

describe('a change of a field', () => {
  it('that is refused is taken back alone: what was saved meanwhile stays, with its etag', async () => {
    const { open, set, now } = record();
    const [phone, email] = [set('phone', 'new'), set('email', 'new')];
    await settled();
    expect(now()).toMatchObject({ phone: 'new', email: 'new' });
    open[0]!.answer({ id: '1', etag: 'e2', phone: 'new', email: 'old' });
    await phone;
    await settled();
    // The other one is still on its way, and shown.
    expect([now(), open[1]!.etag]).toEqual([{ id: '1', etag: 'e2', phone: 'new', email: 'new' }, 'e2']);
    open[1]!.refuse(new Error('no'));
    await expect(email).rejects.toThrow('no');
    expect(now()).toEqual({ id: '1', etag: 'e2', phone: 'new', email: 'old' });
  });

  it('that is refused first leaves the next one shown', async () => {
    const { open, set, now } = record();
    const [phone, email] = [set('phone', 'new'), set('email', 'new')];
    await settled();
    open[0]!.refuse(new Error('no'));
    await expect(phone).rejects.toThrow('no');
    expect(now()).toEqual({ id: '1', etag: 'e1', phone: 'old', email: 'new' });
    await settled();
    open[1]!.answer({ id: '1', etag: 'e2', phone: 'old', email: 'new' });
    await email;
    expect(now()).toEqual({ id: '1', etag: 'e2', phone: 'old', email: 'new' });
  });
});

describe('what is kept of a record', () => {
  it('is asked for anew wherever it is shown', async () => {
    const client = new QueryClient();
    const keys = [['rows', 'deals.deal', 'f'], ['row', 'deals.deal', '1'], ['row', 'deals.deal', '2'], ['board', ''], ['report', 'funnel'], ['timeline', '1'], ['name', '/api/v1/deals', '1'], ['rows', 'contacts.person'], ['me']];
    for (const entry of keys) client.setQueryData(entry, 1);
    await changed(client, 'deals.deal', '1');
    expect(keys.filter((entry) => client.getQueryState(entry)?.isInvalidated)).toEqual([keys[0], keys[1], keys[3], keys[4], keys[5], keys[6]]);
    expect([tellsOf(['row', 'deals.deal', '2'], 'deals.deal'), tellsOf(['board', ''], 'contacts.person')]).toEqual([true, false]);
  });
});

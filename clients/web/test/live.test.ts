import type { HubConnection } from '@microsoft/signalr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calm } from '../src/live/calm';
import { createLive, type Hint } from '../src/live/connection';

/** A hub that does what a test says. */
function fake() {
  const handlers = new Map<string, (told: unknown) => void>();
  const calls: [string, string, unknown][] = [];
  let closed: () => void = () => undefined;
  const hub = {
    up: true,
    changed: false,
    starts: 0,
    error: null as { code: string } | null,
    calls,
    tell: (method: string, told: unknown) => handlers.get(method)?.(told),
    close: () => closed(),
    on: (method: string, handler: (told: unknown) => void) => void handlers.set(method, handler),
    onclose: (handler: () => void) => void (closed = handler),
    start: async () => {
      hub.starts++;
      if (!hub.up) throw new Error('nobody answers');
    },
    stop: async () => undefined,
    invoke: async (method: string, room: string, since?: unknown) => {
      calls.push([method, room, since]);
      return { cursor: '7', changed: hub.changed, error: hub.error };
    },
  };
  return hub;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a live page', () => {
  let online = true;
  const heard = new Map<string, () => void>();
  beforeEach(() => {
    vi.useFakeTimers();
    online = true;
    vi.stubGlobal('navigator', { get onLine() { return online; } });
    vi.stubGlobal('addEventListener', (name: string, listener: () => void) => heard.set(name, listener));
    vi.stubGlobal('removeEventListener', () => undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const begun = async () => {
    let signedIn = true;
    const hub = fake();
    const live = createLive(async () => hub as unknown as HubConnection, async () => signedIn);
    const hints: Hint[] = [];
    const leave = live.join('deals.deal', (hint) => hints.push(hint));
    live.start();
    await settle();
    return { hub, live, hints, leave, signOut: () => (signedIn = false) };
  };

  it('enters its rooms as soon as there is a connection, and leaves them with the last who listens', async () => {
    const { hub, live, hints, leave } = await begun();
    expect([live.state(), hub.calls[0]!.slice(0, 2)]).toEqual(['live', ['Join', 'deals.deal']]);
    const again = live.join('deals.deal');
    hub.tell('changed', { room: 'deals.deal', kind: 'changed' });
    hub.tell('changed', { room: 'contacts.lead', kind: 'changed' });
    expect(hints).toEqual([{ room: 'deals.deal', kind: 'changed' }]);
    again();
    leave();
    await settle();
    expect(hub.calls.filter(([method]) => method === 'Leave')).toEqual([['Leave', 'deals.deal', undefined]]);
  });

  it('comes back with the highest cursor that it was told, and reads again what has changed', async () => {
    const { hub, live, hints } = await begun();
    hub.tell('told', { cursor: '10' });
    hub.tell('told', { cursor: '9' });
    hub.changed = true;
    hub.close();
    await settle();
    expect(live.state()).toBe('live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hub.calls.at(-1)).toEqual(['Join', 'deals.deal', { cursor: '10' }]);
    expect(hints.at(-1)).toEqual({ room: 'deals.deal', kind: 'changed' });
  });

  it('says that it is lost when it is not back at once, and tries on', async () => {
    const { hub, live } = await begun();
    hub.up = false;
    hub.close();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(live.state()).toBe('reconnecting');
    online = false;
    hub.up = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([live.state(), hub.starts > 2]).toEqual(['live', true]);
    hub.close();
    await settle();
    expect(live.state()).toBe('offline');
  });

  it('ends where only a new sign-in helps', async () => {
    const { hub, live } = await begun();
    hub.tell('ended', { code: 'SESSION_EXPIRED' });
    hub.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([live.state(), hub.starts]).toEqual(['ended', 1]);
    const refused = fake();
    refused.up = false;
    const other = createLive(async () => refused as unknown as HubConnection, async () => false);
    other.start();
    await settle();
    expect([other.state(), refused.starts]).toEqual(['ended', 1]);
  });

  it('is live again when the network was away for a moment and the connection was not', async () => {
    const { hub, live } = await begun();
    online = false;
    heard.get('offline')!();
    expect(live.state()).toBe('offline');
    online = true;
    heard.get('online')!();
    expect([live.state(), hub.starts]).toEqual(['live', 1]);
    hub.up = false;
    heard.get('offline')!();
    hub.close();
    await settle();
    heard.get('online')!();
    expect(live.state()).toBe('reconnecting');
  });

  it('does not say that it comes back when it has ended', async () => {
    const { hub, live, signOut } = await begun();
    hub.up = false;
    hub.close();
    await vi.advanceTimersByTimeAsync(10);
    signOut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(live.state()).toBe('ended');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(live.state()).toBe('ended');
  });

  it('shows who else is here, and nobody while it is lost', async () => {
    const { hub, live } = await begun();
    const people: string[][] = [];
    live.join('board/1', undefined, (present) => people.push(present.map((person) => person.name)));
    hub.tell('present', { room: 'board/1', people: [{ userId: 'a', name: 'Ann' }] });
    hub.close();
    await settle();
    expect(people).toEqual([[], ['Ann'], []]);
  });
});

describe('what is read again', () => {
  it('is read at once and then at intervals, however often it is asked for', () => {
    vi.useFakeTimers();
    vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined });
    const work = vi.fn();
    const { ask, stop } = calm(work, 100);
    for (let times = 0; times < 5; times++) ask();
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1_000);
    expect(work).toHaveBeenCalledTimes(2);
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is not asked for before the last answer is there, nor from under somebody who writes', async () => {
    vi.useFakeTimers();
    const heard = new Map<string, () => void>();
    vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: (name: string, listener: () => void) => heard.set(name, listener), removeEventListener: () => undefined });
    const ends: (() => void)[] = [];
    let busy = false;
    const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
    const { ask, stop } = calm(work, 100, () => busy);
    ask();
    ask();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(1);
    busy = true;
    ends[0]!();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(1);
    busy = false;
    heard.get('focusout')!();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(2);
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
});

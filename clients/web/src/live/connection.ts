import type { HubConnection } from '@microsoft/signalr';

/** That something has changed in a room, and nothing of what it is now. */
export interface Hint {
  readonly room: string;
  readonly kind: 'changed' | 'timeline' | 'gone';
}

/** Somebody who looks at the same. */
export interface Watcher {
  readonly userId: string;
  readonly name: string;
}

/** How it stands: `quiet` where nothing is told and nobody has to know, `ended` where only a new sign-in helps. */
export type LiveState = 'starting' | 'live' | 'reconnecting' | 'offline' | 'ended' | 'quiet';

interface Refusal {
  readonly code: string;
}

interface Answer {
  readonly cursor?: string | null;
  readonly changed: boolean;
  readonly error?: Refusal | null;
}

interface Entered {
  readonly hints: Set<(hint: Hint) => void>;
  readonly people: Set<(people: readonly Watcher[]) => void>;
  present: readonly Watcher[];
}

/** What only a new sign-in mends. */
const endings = ['SESSION_EXPIRED', 'MEMBERSHIP_LOST', 'TOKEN_EXPIRED'];
/** What no other try mends. */
const refusals = ['TENANT_NEEDED', 'TOO_MANY_CONNECTIONS'];
const again = ['UNAVAILABLE', 'RATE_LIMITED'];

/** What a page shows of a cache may be as old as this when it is opened. */
const kept = 15_000;
const longestPause = 30_000;
/** A connection that is back sooner was hardly away. */
const unnoticed = 2_000;

export type Dial = () => Promise<HubConnection>;

/** One connection for all that a page shows. Lost, it is made again until it holds, and what was missed meanwhile is told. */
export function createLive(dial: Dial, isSignedIn: () => Promise<boolean>) {
  const rooms = new Map<string, Entered>();
  const watching = new Set<() => void>();
  let hub: HubConnection | undefined;
  let state: LiveState = 'starting';
  let cursor: string | undefined;
  let connected = false;
  let wake: (() => void) | undefined;
  let stopped = false;
  let lost: ReturnType<typeof setTimeout> | undefined;

  const show = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    watching.forEach((listener) => listener());
  };
  const know = (told: string | null | undefined): void => {
    if (told !== null && told !== undefined && (cursor === undefined || BigInt(told) > BigInt(cursor))) cursor = told;
  };
  const hear = (hint: Hint): void => rooms.get(hint.room)?.hints.forEach((listener) => listener(hint));
  const see = (room: string, people: readonly Watcher[]): void => {
    const entered = rooms.get(room);
    if (entered === undefined) return;
    entered.present = people;
    entered.people.forEach((listener) => listener(people));
  };

  const enter = async (room: string, since: { cursor?: string; age?: number }): Promise<void> => {
    if (hub === undefined || !connected || room === 'notifications') return;
    const answer = await hub.invoke<Answer>('Join', room, since).catch(() => undefined);
    if (answer === undefined || !rooms.has(room)) return;
    know(answer.cursor);
    if (answer.changed) hear({ room, kind: 'changed' });
    if (answer.error !== undefined && answer.error !== null && again.includes(answer.error.code)) setTimeout(() => void enter(room, { age: performance.now() }), 3_000);
  };

  const pause = (duration: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, duration);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const leave = (): void => {
    connected = false;
    rooms.forEach((_, room) => see(room, []));
    if (state !== 'live') return;
    if (!navigator.onLine) show('offline');
    else lost ??= setTimeout(() => show(navigator.onLine ? 'reconnecting' : 'offline'), unnoticed);
  };

  /** Nothing is tried any more, and nothing that was about to be said is said. */
  const end = (last: LiveState): void => {
    stopped = true;
    clearTimeout(lost);
    show(last);
  };

  const arrive = (): void => {
    connected = true;
    clearTimeout(lost);
    lost = undefined;
    // Whoever comes back says up to where they know; the first page may have been read before there was a connection.
    const since = cursor === undefined ? { age: performance.now() + kept } : { cursor };
    const isBack = state !== 'starting';
    show('live');
    rooms.forEach((_, room) => void enter(room, since));
    // What one is told oneself has no room to be asked for.
    if (isBack) hear({ room: 'notifications', kind: 'changed' });
  };

  const run = async (): Promise<void> => {
    hub = await dial();
    let closed: () => void = () => undefined;
    hub.on('changed', hear);
    hub.on('told', (told: { cursor: string }) => know(told.cursor));
    hub.on('present', (told: { room: string; people: readonly Watcher[] }) => see(told.room, told.people));
    hub.on('ended', (why: Refusal) => {
      if (!endings.includes(why.code) && !refusals.includes(why.code)) return;
      end(endings.includes(why.code) ? 'ended' : 'quiet');
    });
    hub.onclose(() => closed());
    for (let tries = 0; !stopped; tries++) {
      const gone = new Promise<void>((resolve) => (closed = resolve));
      try {
        await hub.start();
        tries = 0;
        arrive();
        await gone;
      } catch {
        // Nobody answers, or somebody refuses: which of the two, a WebSocket does not tell.
        if (!(await isSignedIn())) end('ended');
      }
      if (stopped) return;
      leave();
      await pause(Math.min(longestPause, 500 * 2 ** Math.min(tries, 6)) * (0.75 + Math.random() / 2));
    }
  };

  const hurry = (): void => {
    wake?.();
    // A network that was away for a moment takes no connection with it.
    if (state === 'offline') show(connected ? 'live' : 'reconnecting');
  };
  const drop = (): void => {
    if (state === 'live' || state === 'reconnecting') show('offline');
  };

  return {
    start(): () => void {
      addEventListener('online', hurry);
      addEventListener('offline', drop);
      void run().catch(() => show('quiet'));
      return () => {
        stopped = true;
        clearTimeout(lost);
        removeEventListener('online', hurry);
        removeEventListener('offline', drop);
        wake?.();
        void hub?.stop();
      };
    },
    state: (): LiveState => state,
    subscribe(listener: () => void): () => void {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    /** Hears what changes in a room, and who is there, until the returned function is called. */
    join(room: string, onHint?: (hint: Hint) => void, onPeople?: (people: readonly Watcher[]) => void): () => void {
      const known = rooms.get(room);
      const entered: Entered = known ?? { hints: new Set(), people: new Set(), present: [] };
      rooms.set(room, entered);
      if (onHint !== undefined) entered.hints.add(onHint);
      if (onPeople !== undefined) {
        entered.people.add(onPeople);
        onPeople(entered.present);
      }
      if (known === undefined) void enter(room, { age: Math.min(performance.now(), kept) });
      return () => {
        if (onHint !== undefined) entered.hints.delete(onHint);
        if (onPeople !== undefined) entered.people.delete(onPeople);
        if (entered.hints.size > 0 || entered.people.size > 0 || rooms.get(room) !== entered) return;
        rooms.delete(room);
        if (connected && room !== 'notifications') void hub?.invoke('Leave', room).catch(() => undefined);
      };
    },
  };
}

export type Live = ReturnType<typeof createLive>;

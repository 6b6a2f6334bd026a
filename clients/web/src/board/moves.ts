import type { Row } from '../api/api';
import type { Stage } from './board';

export interface Move {
  readonly deal: Row;
  readonly from: Stage;
  readonly to: Stage;
  readonly lossReasonId?: string;
  readonly reason?: string;
  readonly wonByCompetitorId?: string;
}

/** A move that is not sent, as the one before it was refused. */
export class NotSent extends Error {}

/**
 * Moves of one card, one after the other. Each carries the etag with which its card was seen, or the one that an earlier move from here has made of it:
 * what somebody else did meanwhile is still found out. Cards do not wait for each other.
 */
export function createMoves(send: (move: Move, etag: string | undefined) => Promise<Row>) {
  const waiting = new Map<string, Promise<unknown>>();
  const successors = new Map<string, string>();
  const newest = (etag: string | undefined): string | undefined => {
    let found = etag;
    while (found !== undefined && successors.has(found)) found = successors.get(found);
    return found;
  };
  const run = async (move: Move): Promise<Row> => {
    const etag = newest(move.deal.etag);
    const moved = await send(move, etag);
    if (etag !== undefined && moved.etag !== undefined && moved.etag !== etag) successors.set(etag, moved.etag);
    return moved;
  };
  return {
    /** Whether moves are on their way, so that what the platform tells now is not the last word. */
    busy: () => waiting.size > 0,
    move(move: Move): Promise<Row> {
      const { id } = move.deal;
      const before = waiting.get(id);
      const now = before === undefined ? run(move) : before.then(() => run(move), () => { throw new NotSent(); });
      waiting.set(id, now);
      const done = () => {
        if (waiting.get(id) === now) waiting.delete(id);
      };
      now.then(done, done);
      return now;
    },
  };
}

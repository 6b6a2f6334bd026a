import { describe, expect, it } from 'vitest';
import type { Row } from '../src/api/api';
import { createMoves, NotSent, type Move } from '../src/board/moves';

const stage = (id: string) => ({ id, name: id });
const move = (id: string, etag: string, to: string): Move => ({ deal: { id, etag, name: id }, from: stage('new'), to: stage(to) });

/** A platform that answers when it is told to. */
function platform() {
  const sent: string[] = [];
  const open: { id: string; answer: (etag: string) => void; refuse: (fault: Error) => void }[] = [];
  const queue = createMoves(({ deal, to }, etag) => {
    sent.push(`${deal.id} ${etag} ${to.id}`);
    return new Promise<Row>((resolve, reject) => open.push({ id: deal.id, answer: (next) => resolve({ ...deal, etag: next }), refuse: reject }));
  });
  return { queue, sent, open };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('moves over the board', () => {
  it('of one card follow each other, each with the etag that the one before it brought', async () => {
    const { queue, sent, open } = platform();
    const [first, second] = [queue.move(move('a', '1', 'offer')), queue.move(move('a', '1', 'won'))];
    await settled();
    expect(sent).toEqual(['a 1 offer']);
    open[0]!.answer('2');
    await first;
    await settled();
    expect(sent).toEqual(['a 1 offer', 'a 2 won']);
    open[1]!.answer('3');
    await second;
    expect(queue.busy()).toBe(false);
  });

  it('of two cards do not wait for each other', async () => {
    const { queue, sent } = platform();
    void queue.move(move('a', '1', 'offer'));
    void queue.move(move('b', '1', 'offer'));
    await settled();
    expect([sent, queue.busy()]).toEqual([['a 1 offer', 'b 1 offer'], true]);
  });

  it('carry what was seen where somebody else has changed the card since', async () => {
    const { queue, sent, open } = platform();
    const first = queue.move(move('a', '1', 'offer'));
    open[0]!.answer('2');
    await first;
    void queue.move(move('a', '9', 'won'));
    await settled();
    expect(sent.at(-1)).toBe('a 9 won');
  });

  it('are not sent behind one that was refused, and go on after it', async () => {
    const { queue, sent, open } = platform();
    const [first, second] = [queue.move(move('a', '1', 'offer')), queue.move(move('a', '1', 'won'))];
    open[0]!.refuse(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await expect(second).rejects.toBeInstanceOf(NotSent);
    expect([sent, queue.busy()]).toEqual([['a 1 offer'], false]);
    void queue.move(move('a', '1', 'won'));
    await settled();
    expect(sent).toEqual(['a 1 offer', 'a 1 won']);
  });
});

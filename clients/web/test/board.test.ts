import { describe, expect, it } from 'vitest';
import { hasBoard, moved, neighbour, stageBeside, type Board } from '../src/board/board';
import { field, resource } from './made';

const deal = (id: string, amount: string) => ({ id, name: id, status: 'DEAL_STATUS_OPEN', reportingAmount: { amount, currency: 'EUR' } });
const column = (id: string, deals: ReturnType<typeof deal>[], more = {}) => ({
  stage: { id, name: id, ...more }, dealCount: deals.length, deals, reportingAmount: { amount: deals.reduce((sum, entry) => sum + Number(entry.reportingAmount.amount), 0).toFixed(2), currency: 'EUR' },
});
const board: Board = {
  pipelineId: 'p', pipelineName: 'Sales',
  stages: [column('new', [deal('a', '10.50'), deal('b', '5.00')]), column('old', [], { archived: true }), column('offer', [deal('c', '100.00')]), column('won', [], { kind: 'STAGE_KIND_WON' })],
};

describe('a board', () => {
  it('is there where records have stages', () => {
    const deals = { resource: 'deals.deal' };
    expect([hasBoard(resource([field('stage_id')], deals)), hasBoard(resource([field('stage_id', 'id', { access: 'hidden' })], deals)), hasBoard(resource([], deals)), hasBoard(resource([field('stage_id')]))])
      .toEqual([true, false, false, false]);
  });

  it('counts a deal where it has come to, and no longer where it was', () => {
    const after = moved(board, 'a', 'offer');
    expect(after.stages.map((stage) => [stage.dealCount, stage.reportingAmount?.amount, stage.deals?.map((row) => row.id)])).toEqual([[1, '5.00', ['b']], [0, '0.00', []], [2, '110.50', ['a', 'c']], [0, '0.00', []]]);
    expect(board.stages[0]!.dealCount).toBe(2);
    expect([moved(board, 'a', 'new'), moved(board, 'none', 'offer')]).toEqual([board, board]);
  });

  it.each([['a', 'ArrowDown', 'b'], ['a', 'ArrowUp', undefined], ['b', 'ArrowRight', 'c'], ['c', 'ArrowLeft', 'a'], ['c', 'ArrowRight', undefined]])('leads from %s with %s to %s', (id, key, next) =>
    expect(neighbour(board, id, key)).toBe(next));

  it('moves deals past stages that take none any more', () => {
    expect([stageBeside(board, 'a', 1)?.id, stageBeside(board, 'a', -1)?.id, stageBeside(board, 'c', 1)?.id, stageBeside(board, 'c', -1)?.id]).toEqual(['offer', undefined, 'won', 'new']);
  });
});

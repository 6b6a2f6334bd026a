import { describe, expect, it } from 'vitest';
import { pointsOf, ruleFault, signed } from '../src/settings/scoring/scoring';

describe('points', () => {
  it('are written with their sign', () => expect([10, 0, -25].map(signed)).toEqual(['+10', '0', '−25']));
  it('are read from what was written, a half-written number as none', () => expect(['15', ' -20 ', '−5', '-', '1.5', ''].map(pointsOf)).toEqual([15, -20, -5, 0, 0, 0]));
  it('and what is refused of a rule stands at it', () => expect(ruleFault(new Map([['rules[1].points', 'Too many.']]), 1, 'points')).toBe('Too many.'));
});

import { describe, expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

describe('takeTurns', () => {
  it('warms everyone up, then goes through them forth and back', async () => {
    const runs: string[] = [];
    const figures = await takeTurns(
      ['a', 'b'],
      { rounds: 3, milliseconds: 7 },
      async (name, ms) => {
        runs.push(ms === 7 ? name : `warm ${name}`);
        return runs.length;
      },
    );
    expect(runs).toEqual(['warm a', 'warm b', 'a', 'b', 'b', 'a', 'a', 'b']);
    expect(figures).toEqual(
      new Map([
        ['a', [3, 6, 7]],
        ['b', [4, 5, 8]],
      ]),
    );
  });
});

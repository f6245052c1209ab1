import { describe, expect, it } from 'vitest';
import { cpuRound, microseconds } from './cpu-round.ts';

describe('cpuRound', () => {
  it('goes through the inputs until the time is spent', async () => {
    const counts = new Map([
      ['a', 0],
      ['b', 0],
    ]);
    const start = process.cpuUsage();
    const nanoseconds = await cpuRound(2, [...counts.keys()], (input) => {
      counts.set(input, counts.get(input)! + 1);
    });
    expect(microseconds(start)).toBeGreaterThanOrEqual(2_000);
    expect(counts.get('a')).toBe(counts.get('b'));
    expect(counts.get('a')).toBeGreaterThan(1);
    expect(nanoseconds).toBeGreaterThan(0);
  });

  it('waits for work that is asynchronous', async () => {
    let running = 0;
    let most = 0;
    await cpuRound(1, [1], async () => {
      most = Math.max(most, ++running);
      await undefined;
      running--;
    });
    expect(most).toBe(1);
  });
});

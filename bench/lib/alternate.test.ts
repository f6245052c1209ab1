import { describe, expect, it } from 'vitest';
import { summarize, toRound } from './alternate.ts';
import { median } from './statistics.ts';

const result = { requests: 1_000, requestsPerSecond: 2_000, badStatus: 0, socketErrors: undefined };
const idle = { user: 1, system: 2 };

describe('toRound', () => {
  it('counts microseconds per request', () => {
    expect(toRound('x', result, idle, { user: 1.004, system: 2.006 })).toEqual({
      requestsPerSecond: 2_000,
      user: expect.closeTo(4, 6),
      system: expect.closeTo(6, 6),
    });
  });

  it('refuses figures of a run with wrong answers', () => {
    expect(() => toRound('x', { ...result, badStatus: 3 }, idle, idle)).toThrow(
      '3 of them with a bad status',
    );
  });

  it('refuses figures of a run with broken connections', () => {
    expect(() =>
      toRound('x', { ...result, socketErrors: 'connect 0, read 1' }, idle, idle),
    ).toThrow('connect 0, read 1 socket errors');
  });
});

describe('summarize', () => {
  it('compares round with round, so that a slow minute meets both', () => {
    const reference = [
      { requestsPerSecond: 100, user: 8, system: 2 },
      { requestsPerSecond: 50, user: 16, system: 4 },
    ];
    const ours = [
      { requestsPerSecond: 150, user: 4, system: 1 },
      { requestsPerSecond: 75, user: 8, system: 2 },
    ];
    const summary = summarize('ours', ours, reference);
    expect(median(summary.cpuRatios)).toBe(2);
    expect(median(summary.throughputRatios)).toBe(1.5);
    expect(summary).toMatchObject({ name: 'ours', requestsPerSecond: 112.5, user: 6, system: 1.5 });
  });
});

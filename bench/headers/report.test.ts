import { describe, expect, it } from 'vitest';
import { summarize } from './compare.ts';
import { growth, time, verdict } from './report.ts';
import { OURS, row } from './row.ts';
import { flat, hostileValue, valuesOf } from './values.ts';

const load = async () => () => 1;

describe('summarize', () => {
  const measured = row('r', [1], { [OURS]: load, slow: load, fast: load });

  it('compares ours with the fastest of the others, round by round', () => {
    const rounds = new Map([
      [OURS, [10, 20, 30]],
      ['slow', [100, 100, 100]],
      ['fast', [20, 20, 15]],
    ]);
    const { fastest, times } = summarize(measured, rounds);
    expect(fastest).toEqual({ name: 'fast', ratio: 1, ratios: [0.5, 2] });
    expect(times.get('slow')).toBe(100);
  });

  it('has nothing to compare with where ours is alone', () => {
    const alone = row('r', [1], { [OURS]: load });
    expect(summarize(alone, new Map([[OURS, [10]]])).fastest).toBeUndefined();
  });
});

describe('row', () => {
  it('wants ours first', () => {
    expect(() => row('r', [1], { other: load, [OURS]: load })).toThrow('first');
  });
});

describe('the report', () => {
  it('tells slower from equal', () => {
    expect(verdict(0.85)).toBe('slower');
    expect(verdict(0.95)).toBe('equal');
    expect(verdict(1.05)).toBe('equal');
    expect(verdict(1.5)).toBe('');
  });

  it('shows times in a unit that fits, and growth from size to size', () => {
    expect(time(239.4)).toBe('239 ns');
    expect(time(35_400)).toBe('35.4 us');
    expect(time(83_000_000)).toBe('83.0 ms');
    expect(growth([1, 2, 6])).toBe('2.0 3.0');
  });
});

describe('hostile values', () => {
  const recipe = { header: 'X', id: 'x', head: 'a=', unit: 'k%d,', tail: '!' };

  it('repeat a unit that counts up, to the size', () => {
    expect(hostileValue(recipe, 12)).toBe('a=k0,k1,k2,!');
    expect(hostileValue({ ...recipe, unit: ' ' }, 1_000)).toHaveLength(1_000);
    expect(flat('a'.repeat(3))).toBe('aaa');
    expect(flat('\u00fc\u0301')).toBe('\u00fc\u0301');
  });
});

describe('valuesOf', () => {
  it('has values of every header in use', () => {
    expect(valuesOf('Cookie').length).toBeGreaterThan(3);
    expect(() => valuesOf('Nothing')).toThrow('Nothing');
  });
});

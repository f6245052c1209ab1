import { describe, expect, it } from 'vitest';
import { beside, median, range } from './statistics.ts';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
  });

  it('is the mean of the two middle values of an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('leaves its argument as it was', () => {
    const values = [2, 1];
    median(values);
    expect(values).toEqual([2, 1]);
  });

  it('refuses an empty list', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('range', () => {
  it('gives the smallest and the largest', () => {
    expect(range([2, 9, 1])).toEqual([1, 9]);
  });
});

describe('beside', () => {
  it('takes a target as met within five percent', () => {
    expect(beside(1.5, 1.55)).toBe('met');
    expect(beside(1.55, 1.55)).toBe('met');
  });

  it('says by how much a figure is short', () => {
    expect(beside(1.24, 1.55)).toBe('20 % short');
  });

  it('says by how much a figure is over', () => {
    expect(beside(9.6, 8)).toBe('met, 20 % over');
  });
});

import { expect, it } from 'vitest';
import { checkLimit } from './check-limit.ts';

it('takes numbers from 0 to Infinity for limits, and nothing else', () => {
  for (const limit of [0, 1, Number.POSITIVE_INFINITY]) {
    expect(checkLimit('maxBytes', limit)).toBe(limit);
  }
  for (const limit of [-1, Number.NaN, undefined, 'many'] as number[]) {
    expect(() => checkLimit('maxBytes', limit), String(limit)).toThrow(/^maxBytes is /);
  }
});

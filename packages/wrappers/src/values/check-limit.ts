import { ArgumentError } from '@werkstatt/core';

/**
 * Checks a limit before it is used: one that is no number would let everything pass.
 *
 * @throws ArgumentError when it is negative or no number; `Infinity` is no limit.
 */
export function checkLimit(name: string, limit: number): number {
  if (limit >= 0) return limit;
  throw new ArgumentError(`${name} is ${String(limit)}. Use a number of 0 or more, or Infinity.`);
}

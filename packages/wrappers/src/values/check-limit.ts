/**
 * Checks a limit before it is used: one that is no number would let everything pass.
 *
 * @throws RangeError when it is negative or no number; `Infinity` is no limit.
 */
export function checkLimit(name: string, limit: number): number {
  if (limit >= 0) return limit;
  throw new RangeError(`${name} is ${String(limit)}. Use a number of 0 or more, or Infinity.`);
}

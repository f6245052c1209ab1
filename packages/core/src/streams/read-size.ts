import { ArgumentError } from '../errors/argument-error.ts';

/**
 * Checks what `read(size)` and `readLine(limit)` are given.
 *
 * @throws ArgumentError when it is negative or no number.
 */
export function checkReadSize(size: number): number {
  if (size >= 0) return size;
  throw new ArgumentError(`A read takes a number of bytes, 0 or more, not ${String(size)}.`);
}

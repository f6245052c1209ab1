const DIGITS = /^[0-9]+$/;

/**
 * The number that ASCII digits stand for, or -1 when there is anything else. One that is too large to
 * be exact counts as the largest that is, less one so that an end can be counted from it.
 */
export function parseDigits(text: string): number {
  if (!DIGITS.test(text)) return -1;
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER - 1);
}

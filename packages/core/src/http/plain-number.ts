/**
 * The number that ASCII digits stand for, or -1 when there is anything else. One that is too large to
 * be exact counts as the largest that is, less one so that an end can be counted from it.
 */
export function parseDigits(text: string): number {
  let number = text === '' ? -1 : 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return Math.min(number, Number.MAX_SAFE_INTEGER - 1);
}

import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from '../http/blanks.ts';

const SECONDS = /^[0-9]{1,15}$/;

/**
 * Parses a number of seconds: the value of `Age` or another delta-seconds (RFC 9111 section 1.2.2).
 *
 * @returns `null` for anything but up to 15 decimal digits.
 */
export function parseAge(value: string | null | undefined): number | null {
  const digits = trimBlanks(value ?? '');
  return SECONDS.test(digits) ? Number(digits) : null;
}

/**
 * Writes a number of seconds (RFC 9111 section 1.2.2), without its fraction; `null` stays `null`.
 *
 * @throws InvalidHeaderError when it is negative, or more than a header can say.
 */
export function dumpAge(seconds: number): string;
export function dumpAge(seconds: number | null | undefined): string | null;
export function dumpAge(seconds: number | null | undefined): string | null {
  if (seconds == null) return null;
  if (seconds >= 0 && seconds < 1e15) return String(Math.trunc(seconds));
  throw new InvalidHeaderError(`An age of ${seconds} seconds cannot be sent. Pass 0 or more.`);
}

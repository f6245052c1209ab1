import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { isWord, TOKEN, TOKEN_START } from './sf-characters.ts';
import { SfDecimal } from './sf-decimal.ts';
import { SfDisplayString } from './sf-display-string.ts';
import { SfToken } from './sf-token.ts';
import type { SfBareItem } from './sf-types.ts';

const MAX_INTEGER = 999_999_999_999_999;
const NOT_IN_STRING = /[^\x20-\x7e]/;
const QUOTED_PAIR = /["\\]/g;
const ENCODED_IN_DISPLAY_STRING = /[^\x20\x21\x23\x24\x26-\x7e]+/g;
/** Octets that go through `String.fromCharCode` at once. */
const SLICE = 8192;

/**
 * A value as it stands in a structured field (RFC 9651 section 4.1.3.1).
 *
 * @throws InvalidHeaderError when no field can hold it.
 */
export function dumpSfBareItem(value: SfBareItem): string {
  if (typeof value === 'string') return dumpString(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) ? dumpInteger(value) : dumpDecimal(value);
  }
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  if (value instanceof SfToken) return dumpToken(value.value);
  if (value instanceof SfDecimal) return dumpDecimal(value.value);
  if (value instanceof SfDisplayString) return dumpDisplayString(value.value);
  if (value instanceof Uint8Array) return `:${encodeBase64(value)}:`;
  if (value instanceof Date) return dumpDate(value);
  throw new InvalidHeaderError(
    `A structured field cannot hold ${describe(value)}. ` +
      'Use a number, string, boolean, Uint8Array, Date, SfToken, SfDecimal or SfDisplayString.',
  );
}

function dumpInteger(value: number): string {
  if (Math.abs(value) <= MAX_INTEGER) return String(value);
  throw new InvalidHeaderError(
    `The integer ${value} has more than the 15 digits of a structured field. Send it as a string.`,
  );
}

/** With one to three digits after the point; a half goes to the even neighbour. */
function dumpDecimal(value: number): string {
  const [whole = '', fraction = ''] = plainDigits(Math.abs(value)).split('.');
  let thousandths = Number(whole + fraction.slice(0, 3).padEnd(3, '0'));
  if (isRoundedUp(fraction.slice(3), thousandths)) thousandths++;
  if (!(thousandths <= MAX_INTEGER)) {
    throw new InvalidHeaderError(
      `A structured field cannot hold the decimal ${value}: it allows 12 digits before the point.`,
    );
  }
  const digits = String(thousandths).padStart(4, '0');
  const tail = digits.slice(-3).replace(/0{1,2}$/, '');
  return `${value < 0 && thousandths > 0 ? '-' : ''}${digits.slice(0, -3)}.${tail}`;
}

/** A number without an exponent: what is too small for a decimal is 0, what is too large fails. */
function plainDigits(value: number): string {
  return value < 1e-6 ? '0' : String(value);
}

function isRoundedUp(rest: string, thousandths: number): boolean {
  return rest === '5' ? thousandths % 2 === 1 : rest >= '5';
}

function dumpString(value: string): string {
  if (NOT_IN_STRING.test(value)) {
    throw new InvalidHeaderError(
      `The string ${JSON.stringify(value)} has characters beyond visible ASCII, which a string of ` +
        'a structured field cannot hold. Use an SfDisplayString where the field allows one.',
    );
  }
  return `"${value.replace(QUOTED_PAIR, '\\$&')}"`;
}

function dumpToken(value: string): string {
  if (isWord(value, TOKEN_START, TOKEN)) return value;
  throw new InvalidHeaderError(
    `${JSON.stringify(value)} is not a token of a structured field: a letter or *, then letters, ` +
      "digits and any of !#$%&'*+-.^_`|~:/. Use a string for anything else.",
  );
}

function dumpDisplayString(value: string): string {
  if (!value.isWellFormed()) {
    throw new InvalidHeaderError(
      `The display string ${JSON.stringify(value)} has half a surrogate pair. Call toWellFormed() on it.`,
    );
  }
  return `%"${value.replace(ENCODED_IN_DISPLAY_STRING, percentEncode)}"`;
}

/** Every octet of the text's UTF-8, in lower case hexadecimal. */
function percentEncode(text: string): string {
  let encoded = '';
  for (const octet of new TextEncoder().encode(text)) {
    encoded += `%${octet.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

function encodeBase64(bytes: Uint8Array): string {
  let octets = '';
  for (let start = 0; start < bytes.length; start += SLICE) {
    octets += String.fromCharCode(...bytes.subarray(start, start + SLICE));
  }
  return btoa(octets);
}

function dumpDate(value: Date): string {
  const seconds = Math.floor(value.getTime() / 1000);
  if (Number.isNaN(seconds)) {
    throw new InvalidHeaderError('A structured field cannot hold an invalid Date.');
  }
  return `@${seconds}`;
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `an object of class ${value.constructor?.name ?? 'null'}`;
}

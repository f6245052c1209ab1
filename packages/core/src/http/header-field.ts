import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from './blanks.ts';
import { endOfToken } from './token-chars.ts';

/** What a header value can be given as; a number is written in decimal. */
export type HeaderValue = string | number;

const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether `text` is a token (RFC 9110 section 5.6.2). */
export function isToken(text: string): boolean {
  return text !== '' && endOfToken(text, 0) === text.length;
}

/**
 * Checks a header name: a token (RFC 9110 section 5.1).
 *
 * @throws InvalidHeaderError when it is none.
 */
export function checkHeaderName(name: string): string {
  if (typeof name === 'string' && isToken(name)) return name;
  throw new InvalidHeaderError(
    `Header name ${JSON.stringify(name)} is not a token. ` +
      "Use letters, digits and any of !#$%&'*+-.^_`|~ and nothing else.",
  );
}

/**
 * Checks a header value and trims blanks (SP, HTAB) at its ends. What remains is HTAB, U+0020 to
 * U+007E and U+0080 to U+00FF (RFC 9110 section 5.5): one code unit is one octet on the wire, so
 * nothing beyond can be sent, and nothing that would end the field.
 *
 * @param name the header's name, for the error.
 * @throws InvalidHeaderError when the value holds anything else.
 */
export function checkHeaderValue(name: string, value: HeaderValue): string {
  if (typeof value === 'number') value = String(value);
  if (typeof value !== 'string') {
    throw new InvalidHeaderError(
      `The value of header ${name} is of type ${value === null ? 'null' : typeof value}. ` +
        'Pass a string or a number.',
    );
  }
  const bad = NOT_IN_VALUE.exec(value);
  if (bad) throw unsendable(name, bad);
  return trimBlanks(value);
}

function unsendable(name: string, found: RegExpExecArray): InvalidHeaderError {
  const unit = found[0].charCodeAt(0);
  const codePoint = `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`;
  const remedy =
    unit > 0xff
      ? "Encode it: percent-encoded in a URL, as an extended parameter (name*=UTF-8''…), or as UTF-8 octets."
      : 'Take line ends and control characters out of it.';
  return new InvalidHeaderError(
    `The value of header ${name} has ${codePoint} at index ${found.index}, which no header can hold. ${remedy}`,
  );
}

import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from './blanks.ts';
import { isToken } from './header-field.ts';
import { eachDictMember } from './parse-dict-header.ts';

/** Names and values of credentials or of a challenge; null: the name stands alone. */
export type AuthParameters = readonly [name: string, value: string | null][];

/** What credentials and challenges have in common (RFC 9110 section 11.1). */
export interface AuthParts {
  /** The scheme, in lower case. */
  readonly type: string;
  /** What comes after the scheme, as it is. */
  readonly rest: string;
}

const WORD_START = /(^|[^a-z])([a-z])/g;

/** Takes scheme and rest apart; null when there is no header. */
export function splitScheme(header: string | null | undefined): AuthParts | null {
  if (!header) return null;
  const blank = header.indexOf(' ');
  if (blank < 0) return { type: header.toLowerCase(), rest: '' };
  return { type: header.slice(0, blank).toLowerCase(), rest: trimBlanks(header.slice(blank + 1)) };
}

/** The parameters in a rest; null when it is a token (token68), whose `=` are all at its end. */
export function parseAuthParameters(rest: string): AuthParameters | null {
  const equals = rest.indexOf('=');
  if (equals < 0 || isPadding(rest, equals)) return null;
  const parameters: [string, string | null][] = [];
  eachDictMember(rest, (name, value) => parameters.push([name, value]));
  return parameters;
}

/**
 * A scheme as it is written: `Basic`, `Aws4-Hmac-Sha256`.
 *
 * @throws InvalidHeaderError when it is no token.
 */
export function dumpScheme(type: string): string {
  if (isToken(type)) {
    return type
      .toLowerCase()
      .replace(WORD_START, (_, before: string, letter: string) => before + letter.toUpperCase());
  }
  throw new InvalidHeaderError(
    `${JSON.stringify(type)} is no authentication scheme. Use a token, as Basic or Bearer.`,
  );
}

function isPadding(text: string, index: number): boolean {
  while (text.charCodeAt(index) === 0x3d) index++;
  return index === text.length;
}

import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { isToken } from './header-field.ts';
import { quoteHeaderValue } from './quote-header-value.ts';

/** Members of a list header, or the names and values of a dictionary header. */
export type HeaderMembers =
  | Iterable<string | number>
  | Readonly<Record<string, string | number | null | undefined>>;

/**
 * A list header of several values, or of `name=value` pairs; what is no token is quoted. In an
 * object, `null` stands for a name without a value, `undefined` leaves one out, and a name that ends
 * with `*` has a value that is encoded already (RFC 8187).
 *
 * @throws InvalidHeaderError when a name is no token.
 */
export function dumpHeader(members: HeaderMembers): string {
  if (Symbol.iterator in members) {
    return Array.from(members as Iterable<string | number>, (text) => quoteHeaderValue(text)).join(
      ', ',
    );
  }
  return dumpDict(Object.entries(members));
}

/** The pairs of a dictionary header as text; for details see `dumpHeader`. */
export function dumpDict(
  pairs: Iterable<readonly [name: string, value: string | number | null | undefined]>,
): string {
  const parts: string[] = [];
  for (const [name, value] of pairs) {
    if (value !== undefined) parts.push(dumpPair(name, value));
  }
  return parts.join(', ');
}

/** `name=value`, or the name alone for `null`. */
export function dumpPair(
  name: string,
  value: string | number | null,
  options?: { allowToken: boolean },
): string {
  if (!isToken(name)) {
    throw new InvalidHeaderError(
      `${JSON.stringify(name)} is no name for a part of a header. ` +
        "Use letters, digits and any of !#$%&'*+-.^_`|~ and nothing else.",
    );
  }
  if (value === null) return name;
  return name.endsWith('*') ? `${name}=${value}` : `${name}=${quoteHeaderValue(value, options)}`;
}

import { isLatin1 } from './latin1.ts';
import { percentDecode } from './percent-decode.ts';

const OCTET = /[\x80-\xff]/g;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const EQUALS = 0x3d;

/**
 * Parses a query string, or a body of type `application/x-www-form-urlencoded`, to pairs in order
 * (URL Standard section 5.1). Names are data and nothing more: brackets and dots in them mean
 * nothing.
 *
 * Empty pieces are left out, a piece without `=` has the value `''`, and `+` is a blank. Escapes
 * are decoded as UTF-8; those that are not UTF-8 stay escapes.
 *
 * @param query the text without `?`, as received: a code unit from U+0080 to U+00FF is an octet.
 */
export function parseQuery(query: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  const { length } = query;
  let octets: boolean | undefined;
  let start = 0;
  let equals = -1;
  /** Whether the piece has anything to decode: a plus or an escape, or an octet beyond ASCII. */
  let isEncoded = false;
  let isAscii = true;
  for (let index = 0; index <= length; index++) {
    const unit = index === length ? AMPERSAND : query.charCodeAt(index);
    if (unit === AMPERSAND) {
      if (index > start) {
        let name = query.slice(start, equals < 0 ? index : equals);
        let value = equals < 0 ? '' : query.slice(equals + 1, index);
        if (!isAscii && (octets ??= isLatin1(query))) {
          name = escapeOctets(name);
          value = escapeOctets(value);
        }
        pairs.push(isEncoded ? [decodePart(name), decodePart(value)] : [name, value]);
      }
      start = index + 1;
      equals = -1;
      isEncoded = false;
      isAscii = true;
    } else if (unit === EQUALS) {
      if (equals < 0) equals = index;
    } else if (unit === PLUS || unit === PERCENT) {
      isEncoded = true;
    } else if (unit > 0x7f) {
      isEncoded = true;
      isAscii = false;
    }
  }
  return pairs;
}

/** Octets that the client left as they were, as escapes. */
function escapeOctets(text: string): string {
  return text.replace(OCTET, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodePart(text: string): string {
  return percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

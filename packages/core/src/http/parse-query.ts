import { isLatin1 } from './latin1.ts';
import { percentDecode } from './percent-decode.ts';

const OCTET = /[\x80-\xff]/g;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const EQUALS = 0x3d;

/** Kinds of what is to decode, as bits. */
const PLUSES = 1;
const ESCAPES = 2;
const OCTETS = 4;

const SHORT = 64;

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
  /** What there is to decode, in the name as long as no `=` has come, and then in the value. */
  let found = 0;
  let foundInName = 0;
  for (let index = 0; index <= length; index++) {
    const unit = index === length ? AMPERSAND : query.charCodeAt(index);
    if (unit === AMPERSAND) {
      if (index > start) {
        const hasValue = equals >= 0;
        let name = query.slice(start, hasValue ? equals : index);
        let value = hasValue ? query.slice(equals + 1, index) : '';
        if ((found | foundInName) !== 0) {
          const nameFound = hasValue ? foundInName : found;
          if (((found | foundInName) & OCTETS) !== 0) octets ??= isLatin1(query);
          name = decodePart(name, nameFound, octets);
          if (hasValue) value = decodePart(value, found, octets);
        }
        pairs.push([name, value]);
      }
      start = index + 1;
      equals = -1;
      found = 0;
      foundInName = 0;
    } else if (unit === EQUALS) {
      if (equals < 0) {
        equals = index;
        foundInName = found;
        found = 0;
      }
    } else if (unit === PLUS) {
      found |= PLUSES;
    } else if (unit === PERCENT) {
      found |= ESCAPES;
    } else if (unit > 0x7f) {
      found |= OCTETS;
    }
  }
  return pairs;
}

/** Decodes a name or a value in which something of these kinds was found. */
function decodePart(text: string, found: number, areOctets: boolean | undefined): string {
  if (found === 0) return text;
  let decoded = (found & OCTETS) !== 0 && areOctets ? text.replace(OCTET, escapeOctet) : text;
  if ((found & PLUSES) !== 0) decoded = blanksForPluses(decoded);
  return percentDecode(decoded);
}

/** An octet that the client left as it was, as an escape. */
function escapeOctet(octet: string): string {
  return `%${octet.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A short text, a few words at most, is put together in half the time `replaceAll` takes. */
export function blanksForPluses(text: string): string {
  if (text.length > SHORT) return text.replaceAll('+', ' ');
  let spaced = '';
  let start = 0;
  for (let plus = text.indexOf('+'); plus >= 0; plus = text.indexOf('+', start)) {
    spaced += `${text.slice(start, plus)} `;
    start = plus + 1;
  }
  return spaced + text.slice(start);
}

import { isLatin1 } from './latin1.ts';
import { percentDecode } from './percent-decode.ts';

const OCTET = /[\x80-\xff]/g;

/**
 * Parses a query string, or a body of type `application/x-www-form-urlencoded`, to pairs in order.
 * Names are data and nothing more: brackets and dots in them mean nothing.
 *
 * Empty pieces are left out, a piece without `=` has the value `''`, and `+` is a blank. Escapes
 * are decoded as UTF-8; those that are not UTF-8 stay escapes.
 *
 * @param query the text without `?`, as received: a code unit from U+0080 to U+00FF is an octet.
 */
export function parseQuery(query: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const piece of escapeOctets(query).split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const value = equals < 0 ? '' : piece.slice(equals + 1);
    pairs.push([decodePart(name), decodePart(value)]);
  }
  return pairs;
}

/** Octets that the client left as they were, as escapes. */
function escapeOctets(query: string): string {
  if (!isLatin1(query)) return query;
  return query.replace(OCTET, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodePart(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}

import { octetsOf } from '../values/bytes.ts';

/** `text` with exactly one slash in front. */
export function withLeadingSlash(text: string): string {
  let start = 0;
  while (text[start] === '/') start++;
  return start === 1 ? text : `/${text.slice(start)}`;
}

/** `text` without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
}

const BEYOND_ASCII = /[\x80-\xff]/;
const BEYOND_OCTETS = /[^\0-\xff]/;

/** Text that came as octets, one code unit each, read as UTF-8; what isn't becomes U+FFFD. */
export function readableQuery(query: string): string {
  if (!BEYOND_ASCII.test(query) || BEYOND_OCTETS.test(query)) return query;
  return new TextDecoder().decode(octetsOf(query));
}

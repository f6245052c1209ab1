import { percentDecode } from '@werkstatt/core';

/** What would end a path within a URL, and what no URL may hold. */
const NOT_IN_PATH = /[\x00-\x20\x7f?#]/g;
const NON_ASCII_ESCAPES = /(?:%[89a-f][0-9a-f])+/gi;
const OCTETS = /[\x80-\xff]/g;

/** `text` with exactly one slash in front. */
export function withLeadingSlash(text: string): string {
  return `/${text.slice(countSlashes(text))}`;
}

/** `text` without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
}

/** A decoded path as a part of a URL: readable, and nothing in it can begin another part. */
export function pathInUrl(path: string): string {
  return path.replace(NOT_IN_PATH, encodeURIComponent);
}

/** A raw query as a part of a URL: as received, but that text beyond ASCII is readable. */
export function queryInUrl(query: string): string {
  return query
    .replace(OCTETS, (octet) => `%${octet.charCodeAt(0).toString(16)}`)
    .replace(NON_ASCII_ESCAPES, percentDecode);
}

function countSlashes(text: string): number {
  let count = 0;
  while (text[count] === '/') count++;
  return count;
}

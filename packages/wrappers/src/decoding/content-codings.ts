import { UnsupportedMediaType } from '@werkstatt/core';
import { compressedFormats } from '#platform';
import type { CompressedFormat } from './compressed-format.ts';

/** The names of RFC 9110 section 8.4.1, RFC 7932 and RFC 8878. */
const FORMATS: ReadonlyMap<string, CompressedFormat> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
]);

/** The most that `split` gives, as without a limit. */
const MANY = 2 ** 32 - 1;

/**
 * The formats in which content was compressed, the first one first.
 *
 * @param contentEncoding the value of `Content-Encoding`.
 * @throws UnsupportedMediaType for a coding that cannot be decoded here, and for more than `max`.
 */
export function parseCodings(contentEncoding: string, max: number): CompressedFormat[] {
  // One more than allowed is enough to know, however long the list is.
  const names = contentEncoding
    .split(',', Math.min(max * 2 + 2, MANY))
    .map((name) => name.trim().toLowerCase());
  const codings = names.filter((name) => name !== '' && name !== 'identity');
  if (codings.length > max || names.length > max * 2 + 1) {
    throw unsupported(`The body was encoded too often: at most ${max} times is accepted.`);
  }
  return codings.map(formatOf);
}

function formatOf(coding: string): CompressedFormat {
  const format = FORMATS.get(coding);
  if (format && compressedFormats().includes(format)) return format;
  throw unsupported(`The content coding ${JSON.stringify(coding)} is not decoded here.`);
}

function unsupported(description: string): UnsupportedMediaType {
  const formats = compressedFormats();
  const accepted = [...FORMATS].filter(([, format]) => formats.includes(format));
  return new UnsupportedMediaType(description, { acceptEncoding: accepted.map(([name]) => name) });
}

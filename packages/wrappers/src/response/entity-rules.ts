import type { HeaderField } from '@werkstatt/core';

/** Fields that describe content, and so have no place in a 304 (RFC 9110, section 15.4.5). */
const ENTITY_FIELDS: ReadonlySet<string> = new Set([
  'allow',
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-range',
  'content-type',
  'last-modified',
]);

/** Whether a response has no content whatever its body yields (RFC 9110, section 6.4.1). */
export function hasNoContent(method: string, statusCode: number): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304 || statusCode < 200;
}

/**
 * The header fields that leave: with the length of a whole body unless they have one, without a
 * length where there can't be one, without the fields of content in a 304, and with `Location` and
 * `Content-Location` as ASCII.
 */
export function completeFields(
  fields: Iterable<HeaderField>,
  statusCode: number,
  length: number | undefined,
): HeaderField[] {
  const completed: HeaderField[] = [];
  let lengthMissing = length !== undefined && !hasNoContent('GET', statusCode);
  for (const field of fields) {
    const name = field[0].toLowerCase();
    if (isForbidden(name, statusCode)) continue;
    if (name === 'content-length') lengthMissing = false;
    const isUri = name === 'location' || name === 'content-location';
    completed.push(isUri ? [field[0], iriToUri(field[1])] : field);
  }
  if (lengthMissing) completed.push(['Content-Length', String(length)]);
  return completed;
}

function isForbidden(name: string, statusCode: number): boolean {
  if (statusCode === 304) return ENTITY_FIELDS.has(name);
  return name === 'content-length' && (statusCode === 204 || statusCode < 200);
}

/**
 * Percent-encodes what a URI can't hold (RFC 3986, section 2), as UTF-8; what is encoded already
 * stays. A backslash is encoded as well: browsers take it for a slash.
 */
export function iriToUri(iri: string): string {
  return iri.toWellFormed().replace(/[^\w!#$%&'()*+,\-./:;=?@[\]~]+/g, encodeURIComponent);
}

import type { Headers } from '../datastructures/headers.ts';

/** The headers that were about the entity (RFC 2616 section 7.1), but for what a 304 has as well. */
const ENTITY_HEADERS: ReadonlySet<string> = new Set([
  'allow',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

/** The headers that are for the next hop alone (RFC 9110 section 7.6.1, RFC 2616 section 13.5.1). */
const HOP_BY_HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header describes the content of a message (RFC 9110 section 8). */
export function isEntityHeader(name: string): boolean {
  return ENTITY_HEADERS.has(name.toLowerCase());
}

/**
 * Whether a header is for the next hop alone, whatever `Connection` says (RFC 9110 section 7.6.1).
 */
export function isHopByHopHeader(name: string): boolean {
  return HOP_BY_HOP_HEADERS.has(name.toLowerCase());
}

/**
 * Removes the headers that describe the content, as for a 304.
 *
 * @param allowed what stays all the same. Default: `Expires` and `Content-Location`.
 */
export function removeEntityHeaders(
  headers: Headers,
  allowed: Iterable<string> = ['expires', 'content-location'],
): void {
  const kept = new Set(Array.from(allowed, (name) => name.toLowerCase()));
  for (const name of headers.keys({ lower: true })) {
    if (isEntityHeader(name) && !kept.has(name)) headers.remove(name);
  }
}

/** Removes the headers that are for the next hop alone. */
export function removeHopByHopHeaders(headers: Headers): void {
  for (const name of headers.keys({ lower: true })) {
    if (isHopByHopHeader(name)) headers.remove(name);
  }
}

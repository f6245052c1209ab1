import { sha256 } from '#platform';

/**
 * An entity tag for content (RFC 9110 section 8.8.3), to go between quotes: its SHA-256 digest as
 * base64url, 43 characters. Equal content has the same tag on every platform; tags of other
 * versions of this package may differ.
 *
 * @param data the content; a text stands for its UTF-8.
 */
export function generateEtag(data: Uint8Array | string): string {
  return sha256(data);
}

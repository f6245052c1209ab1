import { type Headers, parseOptionsHeader } from '@werkstatt/core';
import { latin1Text } from '#platform';

const REPLACEMENT = '\ufffd';
const NON_ASCII = /[\x80-\xff]/g;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The content of a part as text (RFC 7578 section 4.4). A client chooses between UTF-8, US-ASCII and
 * ISO-8859-1 by the `charset` of the part; any other is taken for UTF-8, so that nobody can hide text
 * from a filter in a rare one. What isn't valid becomes U+FFFD.
 */
export function partText(content: Uint8Array, part: { readonly headers: Headers }): string {
  const text = decoder.decode(content);
  // Of ASCII all charsets make the same, and most headers needn't be looked at.
  if (text.length === content.length && !text.includes(REPLACEMENT)) return text;
  const contentType = part.headers.get('Content-Type');
  switch (parseOptionsHeader(contentType)[1]['charset']?.toLowerCase()) {
    case 'iso-8859-1':
      return latin1Text(content, 0, content.length);
    case 'us-ascii':
    case 'ascii':
      return latin1Text(content, 0, content.length).replace(NON_ASCII, REPLACEMENT);
    default:
      return text;
  }
}

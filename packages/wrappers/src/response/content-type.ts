import { checkHeaderValue, getContentType } from '@werkstatt/core';

/** Applications name few media types, and name them again for every response. */
const known = new Map<string, string>();
const MAX_KNOWN = 64;
let lastMimetype = '';
let lastContentType = '';

/**
 * The `Content-Type` of a response with a media type: text types get `charset=utf-8`.
 *
 * @throws InvalidHeaderError when it can't be sent.
 */
export function contentTypeOf(mimetype: string): string {
  if (mimetype === lastMimetype) return lastContentType;
  let contentType = known.get(mimetype);
  if (contentType === undefined) {
    contentType = checkHeaderValue('Content-Type', getContentType(mimetype, 'utf-8'));
    if (known.size < MAX_KNOWN) known.set(mimetype, contentType);
  }
  lastMimetype = mimetype;
  lastContentType = contentType;
  return contentType;
}

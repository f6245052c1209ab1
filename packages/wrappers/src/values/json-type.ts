/**
 * Whether a media type is that of JSON: `application/json`, or one that ends in `+json` (RFC 6839
 * section 3.1).
 *
 * @param mimetype without parameters.
 */
export function isJsonType(mimetype: string): boolean {
  return /^application\/(?:[^;]*\+)?json$/i.test(mimetype);
}

const WITH_CHARSET: ReadonlySet<string> = new Set([
  'application/ecmascript',
  'application/javascript',
  'application/sql',
  'application/xml',
  'application/xml-dtd',
  'application/xml-external-parsed-entity',
]);

/**
 * The value of `Content-Type` for a media type (RFC 9110 section 8.3): text types, XML and scripts
 * get `charset`, others stay as they are, and so does a type that has a charset already.
 *
 * @param charset default: `'utf-8'`.
 */
export function getContentType(mimetype: string, charset: string = 'utf-8'): string {
  const type = mimetype.toLowerCase();
  const isText = type.startsWith('text/') || type.endsWith('+xml') || WITH_CHARSET.has(type);
  return isText && !type.includes('charset=') ? `${mimetype}; charset=${charset}` : mimetype;
}

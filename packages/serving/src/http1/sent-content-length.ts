import type { Exchange } from './exchange.ts';
import type { ResponseFields, StatusLine } from './response-head.ts';

/**
 * The Content-Length that a response is sent with, or -1 for none (RFC 9110 section 8.6): what the
 * application declared, or else what is known of the content.
 *
 * @param length octets of the content that follows, or -1 for as many as come.
 */
export function sentContentLength(
  exchange: Exchange,
  status: StatusLine,
  fields: ResponseFields,
  length: number,
): number {
  if (status.withoutContent) {
    if (status.code === 205) return 0;
    return status.code === 304 ? fields.contentLength : -1;
  }
  if (fields.contentLength >= 0) return fields.contentLength;
  // What an application yields for a HEAD says nothing of what a GET would get, if it is nothing.
  return length > 0 || !exchange.head ? length : -1;
}

import { trimBlanks } from '../http/blanks.ts';
import type { Environ } from '../protocol.ts';

const DIGITS = /^[0-9]+$/;

/**
 * The length of a request's body as its headers state it, in bytes.
 *
 * @returns `null` when it is not known in advance: there is no Content-Length, or the body is
 *   chunked, which overrides it (RFC 9112 section 6.3). 0 when it is malformed, so that nothing is
 *   read of a body whose end nobody knows.
 */
export function getContentLength(
  environ: Pick<Environ, 'CONTENT_LENGTH'> & {
    readonly HTTP_TRANSFER_ENCODING?: string | undefined;
  },
): number | null {
  if (environ.HTTP_TRANSFER_ENCODING?.toLowerCase() === 'chunked') return null;
  const stated = environ.CONTENT_LENGTH;
  if (stated === undefined || stated === '') return null;
  const digits = trimBlanks(stated);
  return DIGITS.test(digits) ? Number(digits) : 0;
}

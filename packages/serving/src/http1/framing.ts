import type { GatewayEnviron } from './environ.ts';
import { CONNECTION, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, UPGRADE } from './field-names.ts';
import { TCHAR, trimBlanks } from './octets.ts';
import * as refusals from './refusals.ts';

/** How a request's body is delimited, and what the client asks of the connection. */
export interface Framing {
  /** Octets of the body; 0 without one, and when it is chunked. */
  readonly contentLength: number;
  readonly chunked: boolean;
  /** The connection ends after the response. */
  readonly close: boolean;
  /** The client waits for a 100 (Continue) before it sends the body. */
  readonly expectContinue: boolean;
  /** The client would like another protocol: `gateway.upgrade` is offered. */
  readonly upgrade: boolean;
}

const PLAIN: Framing = Object.freeze({
  contentLength: 0,
  chunked: false,
  close: false,
  expectContinue: false,
  upgrade: false,
});
const PLAIN_CLOSE: Framing = Object.freeze({ ...PLAIN, close: true });

// 15 digits stay exact in a number.
const CONTENT_LENGTH_VALUE = /^0*(\d{1,15})$/;
const TOKEN_LIST = new RegExp(`^${TCHAR.source}+(?:[ \\t]*,[ \\t]*${TCHAR.source}+)*$`);

/**
 * Reads the fields that frame a request (RFC 9112 sections 6 and 9), as strictly as they allow:
 * where two readings are possible, a request is refused, for the other one may be a proxy's.
 *
 * @param seen the fields that the request has, as bits of `field-names.ts`.
 */
export function readFraming(
  environ: GatewayEnviron,
  seen: number,
  http10: boolean,
): Framing | refusals.Refusal {
  if ((seen & (CONTENT_LENGTH | TRANSFER_ENCODING | CONNECTION | EXPECT)) === 0) {
    return http10 ? PLAIN_CLOSE : PLAIN;
  }
  const connection = (seen & CONNECTION) === 0 ? '' : environ.HTTP_CONNECTION!.toLowerCase();
  const close = http10
    ? hasToken(connection, 'close') || !hasToken(connection, 'keep-alive')
    : hasToken(connection, 'close');

  let contentLength = 0;
  const chunked = (seen & TRANSFER_ENCODING) !== 0;
  if (chunked) {
    if ((seen & CONTENT_LENGTH) !== 0) return refusals.TWO_FRAMINGS;
    const refusal = judgeTransferEncoding(environ.HTTP_TRANSFER_ENCODING as string, http10);
    if (refusal !== null) return refusal;
  } else if ((seen & CONTENT_LENGTH) !== 0) {
    const digits = environ.CONTENT_LENGTH as string;
    const match = CONTENT_LENGTH_VALUE.exec(digits);
    if (match === null) {
      return /^\d+$/.test(digits) ? refusals.BODY_TOO_LARGE : refusals.BAD_CONTENT_LENGTH;
    }
    contentLength = Number(match[1]);
    environ.CONTENT_LENGTH = String(contentLength);
  }

  const hasBody = chunked || contentLength > 0;
  let expectContinue = false;
  if ((seen & EXPECT) !== 0 && !http10) {
    const expected = readExpectations(environ.HTTP_EXPECT!);
    if (expected === null) return refusals.UNKNOWN_EXPECTATION;
    expectContinue = expected && hasBody;
  }
  const upgrade = (seen & UPGRADE) !== 0 && !http10 && !hasBody && hasToken(connection, 'upgrade');
  if (!hasBody && !upgrade) return close ? PLAIN_CLOSE : PLAIN;
  return { contentLength, chunked, close, expectContinue, upgrade };
}

/** Whether a 100 (Continue) is expected; `null`: something else is (RFC 9110 section 10.1.1). */
function readExpectations(value: string): boolean | null {
  if (value === '100-continue') return true;
  let expected = false;
  for (const item of value.split(',')) {
    const member = trimBlanks(item).toLowerCase();
    if (member === '100-continue') expected = true;
    else if (member !== '') return null;
  }
  return expected;
}

/** RFC 9112 section 6.1: chunked alone is understood; another coding before it is not, 501. */
function judgeTransferEncoding(value: string, http10: boolean): refusals.Refusal | null {
  if (http10) return refusals.BAD_TRANSFER_ENCODING;
  const codings = value.toLowerCase();
  if (codings === 'chunked') return null;
  const list = TOKEN_LIST.test(codings) ? codings.split(/[ \t]*,[ \t]*/) : [];
  const known = list.indexOf('chunked') === list.length - 1 && !list.includes('identity');
  return list.length > 1 && known
    ? refusals.UNKNOWN_TRANSFER_CODING
    : refusals.BAD_TRANSFER_ENCODING;
}

/** Whether a comma-separated list, in lower case, has `token` (RFC 9110 section 5.6.1). */
function hasToken(list: string, token: string): boolean {
  if (list === token) return true;
  return list.includes(',') && list.split(',').some((item) => trimBlanks(item) === token);
}

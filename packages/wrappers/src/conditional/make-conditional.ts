import {
  ArgumentError,
  ContentRange,
  type Environ,
  httpDate,
  removeEntityHeaders,
} from '@werkstatt/core';
import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import { isStream } from '../response/body-source.ts';
import { closeQuietly } from '../response/close-quietly.ts';
import type { Response } from '../response/response.ts';
import { checkLimit } from '../values/check-limit.ts';
import { type ByteRange, chooseRanges, type RangeLimits } from './choose-ranges.ts';
import { cutBody, isSeekable } from './cut-body.ts';
import { evaluateConditions, isRangeWanted } from './evaluate-conditions.ts';
import { multipartRanges } from './multipart-ranges.ts';

/** What `makeConditional` is told of the response. */
export interface ConditionalOptions {
  /**
   * Whether ranges are served, as `Accept-Ranges` says: `true` for ranges of bytes, or the name of
   * other units, which the application has to serve itself. Default: `false`.
   */
  acceptRanges?: boolean | string | undefined;
  /** The number of bytes of the whole body. Without it, no ranges are served. */
  completeLength?: number | undefined;
  /**
   * Whether several ranges are answered as `multipart/byteranges`. With `false` they are refused as
   * not satisfiable. Default: `true`.
   */
  multipart?: boolean | undefined;
  /**
   * How many ranges are answered at most; a request for more gets the whole. Each costs a read and
   * some 100 bytes of its own, so a great number lets one request keep a server busy. Default: 64.
   */
  maxRanges?: number | undefined;
}

/**
 * Makes a response answer the conditions of its request (RFC 9110 sections 13 and 14): it becomes a
 * 304 when the client has what would be sent, a 412 when it does not want it, a 206 with the ranges
 * that it asked for. `ETag` and `Last-Modified` have to be set before. Requests other than GET and
 * HEAD change nothing.
 *
 * Conditions go in the order of RFC 9110 section 13.2.2, and before ranges. The head of an answer to
 * HEAD is that of the answer to GET, ranges included. Several ranges are sent as they were asked for
 * unless they come to more bytes than the whole, are too many, the body is a stream that can't
 * seek, or has a `Content-Encoding`, which would seem to be that of all parts together: then the
 * whole is sent.
 *
 * @returns the same response.
 * @throws RequestedRangeNotSatisfiable when no part of the range exists, or it is malformed. The
 * response is closed then.
 * @throws ArgumentError when `completeLength` or `maxRanges` is negative or no number.
 */
export function makeConditional<R extends Response>(
  response: R,
  request: RequestOrEnviron,
  options: ConditionalOptions = {},
): R {
  const environ = environOf(request);
  const { REQUEST_METHOD: method } = environ;
  if (method !== 'GET' && method !== 'HEAD') return response;
  const { acceptRanges = false, completeLength, multipart = true, maxRanges = 64 } = options;
  checkLimit('maxRanges', maxRanges);
  checkLength(completeLength);
  response.headers.setdefault('Date', httpDate());
  if (acceptRanges !== false) {
    response.headers.set('Accept-Ranges', acceptRanges === true ? 'bytes' : acceptRanges);
  }
  if (!isSuccess(response.statusCode)) return response;
  const verdict = evaluateConditions(environ, response.headers);
  if (verdict === 'not-modified') response.statusCode = 304;
  else if (verdict === 'failed') refuse(response);
  else {
    declareLength(response, completeLength);
    if (completeLength !== undefined && isRangeServed(response, environ, acceptRanges)) {
      sendRanges(response, environ, completeLength, { multipart, maxRanges });
    }
  }
  return response;
}

function checkLength(length: number | undefined): void {
  if (length === undefined || (Number.isSafeInteger(length) && length >= 0)) return;
  throw new ArgumentError(`completeLength is a whole number of bytes, 0 or more, not ${length}.`);
}

/** Conditions have no part in answers that are none of the resource (RFC 9110 section 13.2.1). */
function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** A 412. What a stream would have yielded, which may be much, nobody asked for. */
function refuse(response: Response): void {
  response.statusCode = 412;
  if (!response.isStreamed) return;
  removeEntityHeaders(response.headers);
  response.replaceBody((body) => cutBody(body, []));
}

/** Gives a stream its length: the one that is told, or, of a synchronous one, what it comes to. */
function declareLength(response: Response, completeLength: number | undefined): void {
  if (!response.automaticallySetContentLength || !response.isStreamed) return;
  if (response.headers.has('Content-Length')) return;
  if (completeLength !== undefined) response.contentLength = completeLength;
  else if (response.implicitSequenceConversion && isSynchronous(response)) response.getData();
}

/** Whether the body of a response is a stream that can be read without waiting. */
function isSynchronous(response: Response): boolean {
  let found = false;
  response.replaceBody((body) => {
    found = isStream(body) && !(Symbol.asyncIterator in body);
    return body;
  });
  return found;
}

function isRangeServed(
  response: Response,
  environ: Environ,
  acceptRanges: boolean | string,
): boolean {
  return (
    (acceptRanges === true || acceptRanges === 'bytes') &&
    response.statusCode === 200 &&
    isRangeWanted(environ, response.headers)
  );
}

function sendRanges(
  response: Response,
  environ: Environ,
  length: number,
  limits: RangeLimits,
): void {
  let ranges: readonly ByteRange[] | null;
  try {
    ranges = chooseRanges(environ, length, limits);
  } catch (error) {
    closeQuietly(() => response.close());
    throw error;
  }
  if (ranges?.length === 1) sendOne(response, ranges[0]!, length);
  else if (ranges) sendSeveral(response, ranges, length);
}

function sendOne(response: Response, [start, stop]: ByteRange, length: number): void {
  const contentRange = new ContentRange({ units: 'bytes', start, stop, length });
  response.replaceBody((body) => cutBody(body, [[start, stop]]));
  response.statusCode = 206;
  response.headers.set('Content-Range', contentRange.toHeader());
  response.headers.set('Content-Length', stop - start);
}

function sendSeveral(response: Response, ranges: readonly ByteRange[], length: number): void {
  if (response.headers.has('Content-Encoding')) return;
  response.replaceBody((body) => {
    if (!isSeekable(body)) return body;
    const parts = multipartRanges(ranges, length, response.contentType);
    response.statusCode = 206;
    response.contentType = parts.contentType;
    response.headers.set('Content-Length', parts.contentLength);
    return cutBody(body, parts.pieces);
  });
}

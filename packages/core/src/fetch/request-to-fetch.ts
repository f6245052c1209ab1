import { EnvironHeaders } from '../datastructures/environ-headers.ts';
import { BadHost } from '../exceptions/bad-request.ts';
import { NotImplemented } from '../exceptions/server-errors.ts';
import { percentDecode } from '../http/percent-decode.ts';
import type { Environ, InputStream } from '../protocol.ts';
import { getInputStream } from '../streams/get-input-stream.ts';
import { getCurrentUrl } from '../urls/get-current-url.ts';
import { bodyToStream } from './body-to-stream.ts';

/** Methods that a platform's `Request` refuses (Fetch Standard, "forbidden method"). */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

const NOT_IN_PATH = /[^\w!$&'()*+,\-./:;=@~]+/g;
/** What a URL cannot hold, or takes for something else: a backslash would be a slash. */
const NOT_IN_RAW_PATH = /[\0-\x20#\\\x7f]/g;

/** How an environ is turned into a platform's `Request`. */
export interface RequestToFetchOptions {
  /** The hosts to answer for, as in `getHost`. Default: every well-formed one. */
  trustedHosts?: Iterable<string> | null | undefined;
  /** The body, in place of `gateway.input`: all of it, or an input to be read. */
  body?: Uint8Array | InputStream | undefined;
}

/**
 * The request of an environ as the platform's `Request`. Its body streams: it is read from the
 * server as it is read here; with GET and HEAD there is none. The header fields are those of the
 * environ, repeated ones joined, but for `Transfer-Encoding`, which the server has dealt with, and
 * the length of a body that is left out.
 *
 * The URL leads to the same path and query. As any URL of the platform it has no `.` and `..`
 * segments: those are resolved, so a guard that judges paths has to stand behind this.
 *
 * @throws BadHost when the Host header makes no URL.
 * @throws SecurityError when the host is not one of `trustedHosts`.
 * @throws NotImplemented for CONNECT, TRACE and TRACK, which a `Request` cannot have.
 */
export function requestToFetch(
  environ: Environ,
  options: RequestToFetchOptions = {},
): globalThis.Request {
  const method = environ.REQUEST_METHOD;
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) {
    throw new NotImplemented(`The method ${method} is not implemented here.`);
  }
  const body = hasBody(environ) ? requestBody(environ, options.body) : undefined;
  return new globalThis.Request(requestUrl(environ, options.trustedHosts), {
    method,
    headers: fetchHeaders(environ, body !== undefined),
    signal: environ['gateway.signal'],
    ...(body && { body, duplex: 'half' }),
  });
}

function requestUrl(environ: Environ, trustedHosts: RequestToFetchOptions['trustedHosts']): URL {
  const site = getCurrentUrl(environ, { hostOnly: true, trustedHosts });
  try {
    return new URL(site.slice(0, -1) + exactTarget(environ));
  } catch {
    const host = JSON.stringify(environ.HTTP_HOST ?? environ.SERVER_NAME);
    throw new BadHost(`The host ${host} makes no URL.`);
  }
}

/** Path and query: as received, unless middleware has changed what they mean. */
function exactTarget(environ: Environ): string {
  const { REQUEST_URI: target, SCRIPT_NAME: root, PATH_INFO: path, QUERY_STRING: query } = environ;
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const isExact =
    rawPath.startsWith('/') &&
    percentDecode(rawPath) === root + path &&
    (mark < 0 ? '' : target.slice(mark + 1)) === query;
  if (isExact) {
    return rawPath.replace(NOT_IN_RAW_PATH, encodeURIComponent) + target.slice(rawPath.length);
  }
  const encoded = (root + path).toWellFormed().replace(NOT_IN_PATH, encodeURIComponent);
  const slash = encoded.startsWith('/') ? '' : '/';
  return slash + encoded + (query && `?${query.replaceAll('#', '%23')}`);
}

/** Whether there is a body: only HTTP/2 and later have one that no field announces. */
function hasBody(environ: Environ): boolean {
  const method = environ.REQUEST_METHOD.toUpperCase();
  if (method === 'GET' || method === 'HEAD') return false;
  const { CONTENT_LENGTH: length, HTTP_TRANSFER_ENCODING: coding } = environ;
  if (length !== undefined || coding !== undefined) return coding !== undefined || length !== '0';
  return !environ.SERVER_PROTOCOL.startsWith('HTTP/1.');
}

/** What `fetch` takes here for a body; its own name for that is not known on every platform. */
type FetchBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

function requestBody(environ: Environ, given: Uint8Array | InputStream | undefined): FetchBody {
  if (given instanceof Uint8Array) return given as Uint8Array<ArrayBuffer>;
  return bodyToStream(given ?? getInputStream(environ));
}

function fetchHeaders(environ: Environ, hasBody: boolean): globalThis.Headers {
  const headers = new globalThis.Headers();
  for (const [name, value] of new EnvironHeaders(environ)) {
    if (name !== 'Transfer-Encoding') headers.append(name, value);
  }
  // What is left out must not be waited for.
  if (!hasBody && environ.CONTENT_LENGTH !== '0') headers.delete('Content-Length');
  return headers;
}

import {
  type CookieOptions,
  checkHeaderValue,
  dumpCookie,
  type Environ,
  getCurrentUrl,
  type HeaderField,
  type HeaderList,
  Headers,
  iriToUri,
} from '@werkstatt/core';
import { contentTypeOf } from './content-type.ts';
import { completeFields, isWithoutContent } from './entity-rules.ts';
import { setField } from './field-values.ts';
import { ResponseBase, stateOf } from './response-state.ts';
import { cleanStatus } from './status.ts';

/** What no header can hold. */
const BEYOND_LATIN1 = /[^\0-\xff]/;

/** The status, the header fields and the cookies of a response. */
export abstract class ResponseHead extends ResponseBase {
  /**
   * How many bytes a `Set-Cookie` value can have before it is reported: browsers drop longer ones
   * without a word. Default: 4093; 0 reports none.
   */
  static maxCookieSize: number = 4093;

  /**
   * Whether a list of chunks, or no body, gets its `Content-Length` when it is sent. Default: true.
   * As the next one, it can be set for a response, and as a field of a subclass.
   */
  declare automaticallySetContentLength: boolean;
  /**
   * Whether a relative `Location` is sent as an absolute URL, for clients of before 2014. Default:
   * false. The host is then the one that the client names: check it, with `trustedHosts` of the
   * request, or others can have your site, or a cache before it, redirect wherever they like.
   */
  declare autocorrectLocationHeader: boolean;

  static {
    ResponseHead.prototype.automaticallySetContentLength = true;
    ResponseHead.prototype.autocorrectLocationHeader = false;
  }

  /** How many bytes the body has; `undefined` for a stream, which is not read for that. */
  abstract calculateContentLength(): number | undefined;

  /** The status as it is sent: `'404 Not Found'`. Set to a code, it gets the phrase of that code. */
  get status(): string {
    return stateOf(this).status[0];
  }
  set status(status: number | string) {
    stateOf(this).status = cleanStatus(status);
  }

  /** The code of `status`, which follows when this is set. */
  get statusCode(): number {
    return stateOf(this).status[1];
  }
  set statusCode(code: number) {
    stateOf(this).status = cleanStatus(code);
  }

  /** The header fields; what is changed here is what is sent. */
  get headers(): Headers {
    const state = stateOf(this);
    state.headers ??= new Headers(impliedFields(state.contentType, undefined));
    if (state.lengthDue) {
      state.lengthDue = false;
      setField(state.headers, 'Content-Length', this.calculateContentLength());
    }
    return state.headers;
  }

  /** The `Content-Type` field, parameters included. */
  get contentType(): string | undefined {
    const { headers, contentType } = stateOf(this);
    return headers ? headers.find('Content-Type') : contentType;
  }
  set contentType(value: string | null | undefined) {
    const contentType = value ? checkHeaderValue('Content-Type', value) : undefined;
    stateOf(this).setContentType(contentType);
  }

  /** The media type without parameters. Set, it replaces them by `charset=utf-8` for text types. */
  get mimetype(): string | undefined {
    return this.contentType?.split(';', 1).join().trim() || undefined;
  }
  set mimetype(value: string | null | undefined) {
    this.contentType = value ? contentTypeOf(value) : undefined;
  }

  /** The `Content-Length` field; `undefined` while it is missing or not a number. */
  get contentLength(): number | undefined {
    const value = this.headers.get('Content-Length');
    return value !== undefined && /^[0-9]+$/.test(value) ? Number(value) : undefined;
  }
  set contentLength(value: number | null | undefined) {
    setField(this.headers, 'Content-Length', value);
  }

  /** The `Location` field. Beyond ASCII it may be readable text; it is sent percent-encoded. */
  get location(): string | undefined {
    return this.headers.get('Location');
  }
  set location(value: string | null | undefined) {
    setField(this.headers, 'Location', sendable(value));
  }

  /** The `Content-Location` field: a URL of this very content. It may be text, as `location`. */
  get contentLocation(): string | undefined {
    return this.headers.get('Content-Location');
  }
  set contentLocation(value: string | null | undefined) {
    setField(this.headers, 'Content-Location', sendable(value));
  }

  /**
   * Adds a `Set-Cookie` field.
   *
   * @throws InvalidCookieError when the name or an attribute can't be sent.
   */
  setCookie(name: string, value: string, options?: CookieOptions): void {
    const { maxCookieSize: maxSize } = this.constructor as typeof ResponseHead;
    this.headers.add('Set-Cookie', dumpCookie(name, value, { maxSize, ...options }));
  }

  /** Has the browser forget a cookie; `path` and `domain` have to be those it was set with. */
  deleteCookie(name: string, options?: Omit<CookieOptions, 'expires' | 'maxAge'>): void {
    this.setCookie(name, '', { ...options, expires: new Date(0), maxAge: 0 });
  }

  /** The header fields for one request. A subclass can change here what is sent. */
  getGatewayHeaders(environ: Environ): HeaderList {
    const { status, headers, lengthDue, contentType } = stateOf(this);
    const code = status[1];
    const isCounted = lengthDue || this.automaticallySetContentLength;
    const length = isCounted ? this.calculateContentLength() : undefined;
    if (headers === undefined && !isWithoutContent(code)) return impliedFields(contentType, length);
    return completeFields(
      headers === undefined ? impliedFields(contentType, undefined) : this.headers,
      code,
      length,
      this.autocorrectLocationHeader ? (location) => absoluteUrl(environ, location) : undefined,
    );
  }
}

/** What `headers` has as long as nobody asked for it. */
function impliedFields(contentType: string | undefined, length: number | undefined): HeaderField[] {
  // The common case without a list that grows.
  if (contentType !== undefined && length !== undefined) {
    return [
      ['Content-Type', contentType],
      ['Content-Length', String(length)],
    ];
  }
  if (contentType !== undefined) return [['Content-Type', contentType]];
  return length === undefined ? [] : [['Content-Length', String(length)]];
}

/** A URL as a header can hold it: text that goes beyond is encoded now, all else when it is sent. */
function sendable(url: string | null | undefined): string | null | undefined {
  return url && BEYOND_LATIN1.test(url) ? iriToUri(url) : url;
}

function absoluteUrl(environ: Environ, location: string): string {
  const current = iriToUri(getCurrentUrl(environ, { stripQuerystring: true }));
  return URL.parse(location, current)?.href ?? location;
}

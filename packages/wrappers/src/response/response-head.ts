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
import { CallableApp } from '../apps/callable-app.ts';
import type { ResponseBody } from './body-source.ts';
import { contentTypeOf } from './content-type.ts';
import { completeFields, isWithoutContent } from './entity-rules.ts';
import { setField } from './field-values.ts';
import type { ResponseOptions } from './response-options.ts';
import { type CleanStatus, cleanStatus } from './status.ts';

/** What no header can hold. */
const BEYOND_LATIN1 = /[^\0-\xff]/;

const OK: CleanStatus = cleanStatus(200);

/** The status, the header fields and the cookies of a response. */
export abstract class ResponseHead extends CallableApp {
  /** The status of a response that is given none. Default: 200. */
  static defaultStatus: number | string = 200;
  /** The media type of a response that is given none. Default: `text/plain`. */
  static defaultMimetype: string = 'text/plain';
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

  #status: CleanStatus;
  /** `Content-Type`, as long as there are no `#headers`. */
  #contentType: string | undefined;
  /** Made when somebody asks: most responses are sent without. */
  #headers: Headers | undefined;
  /** Whether the fields are still to get the length of a body that is text or bytes. */
  #lengthDue: boolean;

  constructor(body: ResponseBody | undefined, options: ResponseOptions | undefined) {
    super();
    const { defaultStatus, defaultMimetype } = new.target;
    const status = options?.status ?? defaultStatus;
    this.#status = status === 200 ? OK : cleanStatus(status);
    this.#lengthDue =
      typeof body === 'string' || body instanceof Uint8Array || body instanceof ArrayBuffer;
    if (options === undefined) {
      this.#contentType = contentTypeOf(defaultMimetype);
      return;
    }
    const { headers, mimetype } = options;
    if (headers) this.#headers = headers instanceof Headers ? headers : new Headers(headers);
    if (options.contentType) this.contentType = options.contentType;
    else if (mimetype) this.contentType = contentTypeOf(mimetype);
    else if (!this.#headers?.has('Content-Type')) this.contentType = contentTypeOf(defaultMimetype);
  }

  /** How many bytes the body has; `undefined` for a stream, which is not read for that. */
  abstract calculateContentLength(): number | undefined;

  /** The status as it is sent: `'404 Not Found'`. Set to a code, it gets the phrase of that code. */
  get status(): string {
    return this.#status[0];
  }
  set status(status: number | string) {
    this.#status = cleanStatus(status);
  }

  /** The code of `status`, which follows when this is set. */
  get statusCode(): number {
    return this.#status[1];
  }
  set statusCode(code: number) {
    this.#status = cleanStatus(code);
  }

  /** The header fields; what is changed here is what is sent. */
  get headers(): Headers {
    this.#headers ??= new Headers(this.#impliedFields(undefined));
    if (this.#lengthDue) {
      this.#lengthDue = false;
      setField(this.#headers, 'Content-Length', this.calculateContentLength());
    }
    return this.#headers;
  }

  /** The `Content-Type` field, parameters included. */
  get contentType(): string | undefined {
    return this.#headers ? this.#headers.get('Content-Type') : this.#contentType;
  }
  set contentType(value: string | null | undefined) {
    if (this.#headers) setField(this.#headers, 'Content-Type', value);
    else this.#contentType = value ? checkHeaderValue('Content-Type', value) : undefined;
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
    const code = this.#status[1];
    const isCounted = this.#lengthDue || this.automaticallySetContentLength;
    const length = isCounted ? this.calculateContentLength() : undefined;
    if (this.#headers === undefined && !isWithoutContent(code)) return this.#impliedFields(length);
    return completeFields(
      this.#headers === undefined ? this.#impliedFields(undefined) : this.headers,
      code,
      length,
      this.autocorrectLocationHeader ? (location) => absoluteUrl(environ, location) : undefined,
    );
  }

  /** What `headers` has as long as nobody asked for it. */
  #impliedFields(length: number | undefined): HeaderField[] {
    const fields: HeaderField[] = [];
    if (this.#contentType !== undefined) fields.push(['Content-Type', this.#contentType]);
    if (length !== undefined) fields.push(['Content-Length', String(length)]);
    return fields;
  }
}

/** A URL as a header can hold it: text that goes beyond is encoded now, all else when it is sent. */
function sendable(url: string | null | undefined): string | null | undefined {
  return url && BEYOND_LATIN1.test(url) ? iriToUri(url) : url;
}

function absoluteUrl(environ: Environ, location: string): string {
  const current = iriToUri(getCurrentUrl(environ, { stripQuerystring: true }));
  return URL.parse(location, current)?.href ?? location;
}

import {
  type Body,
  type CookieOptions,
  checkHeaderValue,
  dumpCookie,
  type Environ,
  getContentType,
  type HeaderField,
  type HeaderList,
  Headers,
  type HeadersInit,
  type StartResponse,
} from '@werkstatt/core';
import { CallableApp } from '../apps/callable-app.ts';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { byteLength, concatBytes } from '../values/bytes.ts';
import { isStream, type ResponseBody, type StoredBody, storeBody } from './body-source.ts';
import { type CloseCallback, closeAll } from './close-all.ts';
import { encodeChunk } from './encode.ts';
import { completeFields, hasNoContent, iriToUri } from './entity-rules.ts';
import { jsonText } from './json-text.ts';
import { cleanStatus } from './status.ts';
import { type StreamedBody, streamedBody } from './streamed-body.ts';

/** What no header can hold. */
const BEYOND_LATIN1 = /[^\0-\xff]/;

/** What a response can be given beside its body. */
export interface ResponseOptions {
  /** A code, or a code and a phrase: `'404 Not here'`. Default: the class's `defaultStatus`. */
  status?: number | string | undefined;
  /** Header fields. A `Headers` is used as it is, not copied. */
  headers?: Headers | HeadersInit | undefined;
  /**
   * The media type; text types get `charset=utf-8`. Default: the class's `defaultMimetype`, unless
   * `headers` have a `Content-Type`.
   */
  mimetype?: string | undefined;
  /** The whole `Content-Type`, in place of `mimetype`. */
  contentType?: string | undefined;
}

/**
 * A response, which is an application that answers every request with itself:
 *
 * ```ts
 * const response = new Response('Hello World!');
 * response.setCookie('seen', 'yes', { httponly: true });
 * ```
 *
 * Text, bytes and arrays go out with their length; a response with such a body can be used for any
 * number of requests. Every other iterable streams, and answers one.
 */
export class Response extends CallableApp {
  /** The status of a response that is given none. Default: 200. */
  static defaultStatus: number | string = 200;
  /** The media type of a response that is given none. Default: `text/plain`. */
  static defaultMimetype: string = 'text/plain';
  /**
   * How many bytes a `Set-Cookie` value can have before it is reported: browsers drop longer ones
   * without a word. Default: 4093; 0 reports none.
   */
  static maxCookieSize: number = 4093;

  #status = '200 OK';
  #statusCode = 200;
  #contentType: string | undefined;
  #headers: Headers | undefined;
  #body: StoredBody;
  #stream: StreamedBody | undefined;
  #callbacks: CloseCallback[] | undefined;

  /**
   * @param body text, bytes, or an iterable of them; without one, the response is empty.
   * @throws InvalidBodyError when `body` is nothing of the kind.
   * @throws InvalidStatusError when the status can't be sent.
   * @throws InvalidHeaderError when a header can't be sent.
   */
  constructor(body?: ResponseBody, options?: ResponseOptions) {
    super();
    this.#body = storeBody(body);
    const { defaultStatus, defaultMimetype } = new.target;
    const status = options?.status ?? defaultStatus;
    if (status !== 200) {
      this.status = status;
    }
    if (options?.headers) {
      this.#headers =
        options.headers instanceof Headers ? options.headers : new Headers(options.headers);
      this.#declareLength();
    }
    const given = options?.contentType ?? (options?.mimetype && withCharset(options.mimetype));
    if (given) {
      this.contentType = given;
    } else if (this.#headers === undefined) {
      this.#contentType = withCharset(defaultMimetype);
    } else if (!this.#headers.has('Content-Type')) {
      this.contentType = withCharset(defaultMimetype);
    }
  }

  /**
   * A response with a value as JSON.
   *
   * @throws InvalidBodyError for a value that JSON has no text for, such as `undefined`.
   */
  static json<R extends Response>(
    this: ResponseClass<R>,
    value: unknown,
    options?: ResponseOptions,
  ): R {
    return new this(jsonText(value), { mimetype: 'application/json', ...options });
  }

  /** The status as it is sent: `'404 Not Found'`. Set to a code, it gets the phrase of that code. */
  get status(): string {
    return this.#status;
  }
  set status(status: number | string) {
    [this.#status, this.#statusCode] = cleanStatus(status);
  }

  /** The code of `status`, which follows when this is set. */
  get statusCode(): number {
    return this.#statusCode;
  }
  set statusCode(code: number) {
    this.status = code;
  }

  /** The header fields; what is changed here is what is sent. */
  get headers(): Headers {
    this.#headers ??= new Headers(
      this.#impliedFields(this.#body instanceof Uint8Array ? this.#body.length : undefined),
    );
    return this.#headers;
  }

  /** The `Content-Type` field, parameters included. */
  get contentType(): string | undefined {
    return this.#headers ? this.#headers.get('Content-Type') : this.#contentType;
  }
  set contentType(value: string | undefined) {
    if (this.#headers) {
      setField(this.#headers, 'Content-Type', value);
    } else {
      this.#contentType = value && checkHeaderValue('Content-Type', value);
    }
  }

  /** The media type without parameters. Set, it replaces them by `charset=utf-8` for text types. */
  get mimetype(): string | undefined {
    return this.contentType?.split(';', 1).join().trim();
  }
  set mimetype(value: string | undefined) {
    this.contentType = value === undefined ? undefined : withCharset(value);
  }

  /** The `Content-Length` field; `undefined` while it is missing or not a number. */
  get contentLength(): number | undefined {
    const value = this.headers.get('Content-Length');
    return value !== undefined && /^[0-9]+$/.test(value) ? Number(value) : undefined;
  }
  set contentLength(value: number | undefined) {
    setField(this.headers, 'Content-Length', value);
  }

  /** The `Location` field. Beyond ASCII it may be readable text; it is sent percent-encoded. */
  get location(): string | undefined {
    return this.headers.get('Location');
  }
  set location(value: string | undefined) {
    const encode = value !== undefined && BEYOND_LATIN1.test(value);
    setField(this.headers, 'Location', encode ? iriToUri(value) : value);
  }

  /**
   * Adds a `Set-Cookie` field.
   *
   * @throws InvalidCookieError when the name or an attribute can't be sent.
   */
  setCookie(name: string, value: string, options?: CookieOptions): void {
    const { maxCookieSize: maxSize } = this.constructor as typeof Response;
    this.headers.add('Set-Cookie', dumpCookie(name, value, { maxSize, ...options }));
  }

  /** Has the browser forget a cookie; `path` and `domain` have to be those it was set with. */
  deleteCookie(name: string, options?: Omit<CookieOptions, 'expires' | 'maxAge'>): void {
    this.setCookie(name, '', { ...options, expires: new Date(0), maxAge: 0 });
  }

  /** Whether the body is pulled chunk by chunk, so that its length isn't known before its end. */
  get isStreamed(): boolean {
    return isStream(this.#body);
  }

  /**
   * The body as bytes. A synchronous iterable is read to its end, and kept. Set to text or bytes,
   * it replaces the body and the `Content-Length`.
   *
   * @throws BodyConsumedError for an asynchronous body, which `await response.bytes()` reads, and for
   * a stream that was sent.
   */
  get data(): Uint8Array {
    const source = this.#body;
    if (isStream(source)) {
      if (this.#stream || Symbol.asyncIterator in source) {
        throw new BodyConsumedError(
          'This body is asynchronous, or sent already; use `await response.bytes()` before that.',
        );
      }
      this.#body = Array.from(source, encodeChunk);
    }
    return this.#wholeBody();
  }
  set data(body: string | Uint8Array | ArrayBuffer) {
    this.#body = storeBody(body);
    this.#declareLength();
  }

  /**
   * Puts in the place of the body what `make` makes of it, to send it compressed, say, or a part of
   * it. The header fields stay as they are.
   *
   * @param make gets bytes, a list of chunks, or what a stream is pulled from. A stream is closed
   * through the new body: its `close()` has to call the old one's.
   * @throws BodyConsumedError for a stream that was sent or read already.
   */
  replaceBody(make: (body: StoredBody) => ResponseBody): void {
    if (this.#stream) throw new BodyConsumedError('This body was sent or read already.');
    this.#body = storeBody(make(this.#body));
  }

  /** The body as bytes. A stream is read to its end, and kept: the response is no stream then. */
  async bytes(): Promise<Uint8Array> {
    if (isStream(this.#body)) {
      const stream = this.#openStream(() => undefined);
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk);
      } finally {
        await stream.close();
      }
      this.#body = chunks;
      this.#stream = undefined;
    }
    return this.#wholeBody();
  }

  /** The body as text. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /**
   * The body as JSON.
   *
   * @throws SyntaxError when it isn't.
   */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Has `callback` called once, when the response was sent, or given up, or is closed by hand. */
  callOnClose(callback: CloseCallback): void {
    this.#callbacks ??= [];
    this.#callbacks.push(callback);
  }

  /**
   * Gives the source of a stream up, then runs what `callOnClose` was given. A server does this
   * through the body; call it for a response that is not sent. Instead of overriding it, which
   * servers wouldn't notice, use `callOnClose`.
   */
  close(): void | Promise<void> {
    return isStream(this.#body)
      ? (this.#stream ?? this.#openStream()).close()
      : this.#runCallbacks();
  }

  /** The header fields for one request. A subclass can change here what is sent. */
  getGatewayHeaders(_environ: Environ): HeaderList {
    const length = isStream(this.#body) ? undefined : byteLength(this.#body);
    if (this.#headers === undefined && this.#statusCode === 200) return this.#impliedFields(length);
    return completeFields(this.#headers ?? this.#impliedFields(), this.#statusCode, length);
  }

  /** The body for one request: empty where the method or the status allow no content. */
  getAppIter(environ: Environ): Body {
    const body = this.#body;
    const silent = hasNoContent(environ.REQUEST_METHOD, this.#statusCode);
    if (isStream(body)) {
      const stream = this.#openStream();
      return silent ? withClose([], () => stream.close()) : stream;
    }
    const chunks = silent ? [] : body instanceof Uint8Array ? [body] : [...body];
    return this.#callbacks ? withClose(chunks, () => this.close()) : chunks;
  }

  override handle(environ: Environ, startResponse: StartResponse): Body {
    startResponse(this.#status, this.getGatewayHeaders(environ));
    return this.getAppIter(environ);
  }

  override toString(): string {
    const body = isStream(this.#body) ? 'streamed' : `${byteLength(this.#body)} bytes`;
    return `[${this.constructor.name} ${this.#status}, ${body}]`;
  }

  /** What `headers` has as long as nobody asked for it: most responses are sent without. */
  #impliedFields(length?: number): HeaderField[] {
    const fields: HeaderField[] = [];
    if (this.#contentType !== undefined) fields.push(['Content-Type', this.#contentType]);
    if (length !== undefined) fields.push(['Content-Length', String(length)]);
    return fields;
  }

  /** Text and bytes come with their length, whatever the headers had before. */
  #declareLength(): void {
    if (this.#body instanceof Uint8Array) this.#headers?.set('Content-Length', this.#body.length);
  }

  #wholeBody(): Uint8Array {
    if (isStream(this.#body)) throw new BodyConsumedError('The body is still a stream.');
    return this.#body instanceof Uint8Array ? this.#body : concatBytes(this.#body);
  }

  #openStream(onClose: CloseCallback = () => this.#runCallbacks()): StreamedBody {
    if (this.#stream || !isStream(this.#body)) {
      throw new BodyConsumedError(
        'This response streams its body, which was sent or read already. Make a new response for ' +
          'every request, or `await response.bytes()` before the first to keep the body whole.',
      );
    }
    this.#stream = streamedBody(this.#body, onClose);
    return this.#stream;
  }

  #runCallbacks(): void | Promise<void> {
    const callbacks = this.#callbacks;
    this.#callbacks = undefined;
    if (callbacks) return closeAll(callbacks);
  }
}

/** A class of responses, as the static methods and `redirect()` make them. */
export type ResponseClass<R extends Response = Response> = new (
  body?: ResponseBody,
  options?: ResponseOptions,
) => R;

function withCharset(mimetype: string): string {
  return getContentType(mimetype, 'utf-8');
}

function setField(headers: Headers, name: string, value: string | number | undefined): void {
  if (value === undefined) headers.remove(name);
  else headers.set(name, value);
}

/** A list of chunks with a `close()`: servers see a list, and send it as one. */
function withClose(chunks: Uint8Array[], close: () => void | Promise<void>): Body {
  return Object.assign(chunks, { close });
}

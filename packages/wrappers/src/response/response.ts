import {
  type Body,
  type BodyToStreamOptions,
  type Environ,
  type GatewayApp,
  type GatewayResponse,
  generateEtag,
  Headers,
  type HeadersInit,
  type HTTPException,
  quoteEtag,
  type StartResponse,
  unquoteEtag,
} from '@werkstatt/core';
import { type ConditionalOptions, makeConditional } from '../conditional/make-conditional.ts';
import { responseFromFetch, responseToFetch } from '../fetch/response-fetch.ts';
import { type FromAppOptions, responseFromApp } from '../fetch/response-from-app.ts';
import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import { isJsonType } from '../values/json-type.ts';
import type { ResponseBody } from './body-source.ts';
import { closeQuietly } from './close-quietly.ts';
import { jsonText } from './json-text.ts';
import type { Jsonified } from './jsonified.ts';
import { forceType, remake } from './remake.ts';
import { ResponseContent } from './response-content.ts';
import type { ResponseOptions } from './response-options.ts';
import { stateOf } from './response-state.ts';

/** A class of responses, as the static methods and `redirect()` make them. */
export type ResponseClass<R extends Response = Response> = new (
  body?: ResponseBody,
  options?: ResponseOptions,
) => R;

/** A response of class `R` with a value of type `T` as JSON. */
export type JsonResponse<R extends Response, T> = Response extends R
  ? Response<Jsonified<T>>
  : Response<Jsonified<T>> & R;

/** How `getEtag()` and `setEtag()` have an entity tag: without quotes. */
export type ResponseEtag = [tag: string, weak: boolean];

/** How `addEtag()` adds. */
export interface AddEtagOptions {
  /** Replaces an `ETag` that is there. Default: false. */
  overwrite?: boolean | undefined;
  /** Says that content with this tag may differ in ways that don't matter. Default: false. */
  weak?: boolean | undefined;
}

/** How `getJson()` reads. */
export interface ResponseJsonOptions {
  /** Reads the body whatever its `Content-Type` says. Default: false. */
  force?: boolean | undefined;
  /** Gives `null` instead of an error for what isn't JSON. Default: false. */
  silent?: boolean | undefined;
}

/**
 * A response, which is an application that answers every request with itself:
 *
 * ```ts
 * const response = new Response('Hello World!');
 * response.cacheControl.maxAge = 60;
 * response.setCookie('seen', 'yes', { httponly: true });
 * ```
 *
 * Text, bytes and arrays go out with their length; a response with such a body can be used for any
 * number of requests. Every other iterable streams, and answers one.
 *
 * `T` is what its body is as JSON, where that is known: `Response.json()` keeps it.
 */
export class Response<T = unknown> extends ResponseContent {
  /**
   * A response with a value as JSON.
   *
   * @throws InvalidBodyError for a value that JSON has no text for, such as `undefined`.
   */
  static json<T, R extends Response>(
    this: ResponseClass<R>,
    value: T,
    options?: ResponseOptions,
  ): JsonResponse<R, T> {
    const response = new this(jsonText(value), withMimetype('application/json', options));
    return response as unknown as JsonResponse<R, T>;
  }

  /**
   * A response with a page. It goes out as it is: what came from a client needs `escapeHtml()` of
   * `@werkstatt/core`, or it runs as code in the browsers of others.
   */
  static html<R extends Response>(
    this: ResponseClass<R>,
    body: ResponseBody,
    options?: ResponseOptions,
  ): R {
    return new this(body, withMimetype('text/html', options));
  }

  /** A response with plain text, whatever the class's `defaultMimetype` is. */
  static text<R extends Response>(
    this: ResponseClass<R>,
    body: ResponseBody,
    options?: ResponseOptions,
  ): R {
    return new this(body, withMimetype('text/plain', options));
  }

  /**
   * Runs an application for its answer, as a response of this class.
   *
   * @throws what the application throws before its head is known.
   */
  static fromApp<R extends Response>(
    this: ResponseClass<R>,
    app: GatewayApp,
    environ: Environ,
    options?: FromAppOptions,
  ): Promise<R> {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own responses.
    return responseFromApp(this, app, environ, options);
  }

  /**
   * A platform's `Response` as one of this class; its body streams.
   *
   * @throws BodyConsumedError when the body was read already.
   */
  static fromFetch<R extends Response>(this: ResponseClass<R>, response: globalThis.Response): R {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own responses.
    return responseFromFetch(this, response);
  }

  /**
   * Makes sure that a response is of this class, to have its methods. One of another class is made
   * anew with the same status, header fields and body, and isn't to be used any more.
   *
   * With an environ, every application has a response, HTTP exceptions included, and it is a promise.
   *
   * @throws ArgumentError for what is no response, without an environ.
   */
  static forceType<R extends Response>(this: ResponseClass<R>, response: Response): R;
  static forceType<R extends Response>(
    this: ResponseClass<R>,
    app: GatewayApp | HTTPException,
    environ: Environ,
  ): Promise<R>;
  static forceType<R extends Response>(
    this: ResponseClass<R>,
    given: GatewayApp | HTTPException,
    environ?: Environ,
  ): R | Promise<R> {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own responses.
    return forceType(this, given, environ);
  }

  /** Whether the `Content-Type` is that of JSON. */
  get isJson(): boolean {
    return isJsonType(this.mimetype ?? '');
  }

  /**
   * The body as JSON, whatever its `Content-Type` says.
   *
   * @throws SyntaxError when it isn't.
   */
  async json(): Promise<T> {
    return JSON.parse(await this.text());
  }

  /**
   * The body as JSON; `null` when the `Content-Type` says that it is something else.
   *
   * @throws SyntaxError when it isn't JSON all the same.
   */
  async getJson(options: ResponseJsonOptions = {}): Promise<T | null> {
    if (!this.isJson && !options.force) return null;
    try {
      return await this.json();
    } catch (error) {
      if (options.silent && error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** The entity tag, without its quotes; `undefined` when there is none. */
  getEtag(): ResponseEtag | undefined {
    const [tag, weak] = unquoteEtag(this.headers.get('ETag'));
    return tag === null ? undefined : [tag, weak];
  }

  /**
   * Sets the entity tag.
   *
   * @param weak whether content with this tag may differ in ways that don't matter.
   * @throws InvalidHeaderError when there is a quote in the tag.
   */
  setEtag(tag: string, weak: boolean = false): void {
    this.headers.set('ETag', quoteEtag(tag, { weak }));
  }

  /**
   * Makes an entity tag of the body, unless there is one.
   *
   * @throws BodyConsumedError for a body that streams asynchronously: `await makeSequence()` first.
   */
  addEtag(options: AddEtagOptions = {}): void {
    if (!options.overwrite && this.headers.has('ETag')) return;
    this.setEtag(generateEtag(this.getData()), options.weak);
  }

  /**
   * Makes the response one that can be kept and sent again: with a body that is whole, its length,
   * and an entity tag.
   */
  async freeze(): Promise<void> {
    await this.makeSequence();
    this.contentLength = this.calculateContentLength();
    this.addEtag();
  }

  /**
   * Makes the response answer the conditions and the ranges of a request: 304, 412 and 206 in place
   * of 200. Set `ETag` or `Last-Modified` before, by `addEtag()` for one.
   *
   * @returns this response.
   * @throws RequestedRangeNotSatisfiable when no part of the range exists.
   */
  makeConditional(request: RequestOrEnviron, options?: ConditionalOptions): this {
    return makeConditional(this, request, options);
  }

  /**
   * A new response of the same class with other header fields: each name in `headers` has what it
   * has there, and all others stay. This one stays as it is, so that one that is kept for many
   * requests can be the origin of each answer; but the body of a stream goes over to the new one.
   */
  withHeaders(headers: HeadersInit): this {
    const changed = new Headers(this.headers);
    changed.update(headers);
    return remake(this.constructor as ResponseClass<this>, this, changed);
  }

  /** What is sent for one request. */
  getGatewayResponse(environ: Environ): GatewayResponse {
    const headers = this.getGatewayHeaders(environ);
    return { status: this.status, headers, body: this.getAppIter(environ) };
  }

  override handle(environ: Environ, startResponse: StartResponse): Body {
    let body: Body | undefined;
    try {
      const headers = this.getGatewayHeaders(environ);
      body = this.getAppIter(environ);
      startResponse(this.status, headers);
      return body;
    } catch (error) {
      closeQuietly(() => (body ? body.close?.() : stateOf(this).giveUp()));
      throw error;
    }
  }

  /**
   * The response as the platform's `Response`, as it is sent for one request.
   *
   * @param request the request that is answered. Default: a GET.
   */
  toFetch(request?: RequestOrEnviron, options?: BodyToStreamOptions): globalThis.Response {
    return responseToFetch(this, request && environOf(request), options);
  }

  override toString(): string {
    const length = this.calculateContentLength();
    const body = length === undefined ? 'streamed' : `${length} bytes`;
    return `[${this.constructor.name} ${this.status}, ${body}]`;
  }
}

/** Options with a media type, unless they have one, or a `Content-Type`, of their own. */
function withMimetype(mimetype: string, options: ResponseOptions | undefined): ResponseOptions {
  if (options === undefined) return { mimetype };
  const headers = options.headers && headersOf(options.headers);
  if (options.mimetype || headers?.has('Content-Type')) return { ...options, headers };
  return { ...options, headers, mimetype };
}

function headersOf(headers: Headers | HeadersInit): Headers {
  return headers instanceof Headers ? headers : new Headers(headers);
}

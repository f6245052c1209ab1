import {
  type CloseCallback,
  copyEnviron,
  type Environ,
  type EnvironFromFetchOptions,
  type GatewayApp,
} from '@werkstatt/core';
import { type ApplicationMaker, applicationMaker, type RequestClass } from '../apps/application.ts';
import { reportError } from '../apps/end-request.ts';
import { requestFromFetch, requestToFetch } from '../fetch/request-fetch.ts';
import { type FromAppOptions, responseFromApp } from '../fetch/response-from-app.ts';
import { type EnvironValues, environFromValues } from '../from-values/environ-from-values.ts';
import { Response } from '../response/response.ts';
import { isThenable } from '../values/is-thenable.ts';
import { RequestContent } from './request-content.ts';
import { RequestEnd } from './request-end.ts';
import type { RequestOptions } from './request-head.ts';
import { codingOf } from './request-input.ts';
import { STATE, stateOf } from './request-state.ts';

/**
 * A request: a view of its environ, in which everything is worked out when it is asked for. Except
 * for the body, which is awaited, all of it is there at once.
 *
 * ```ts
 * class MyRequest extends Request {
 *   static override maxContentLength = 10_000_000;
 *
 *   get user(): string | undefined {
 *     return this.authorization?.get('username');
 *   }
 * }
 * const app = MyRequest.application((request) => new Response(`Hello ${request.user}!`));
 * ```
 */
export class Request extends RequestContent implements AsyncDisposable {
  /** Makes applications of handlers: see `ApplicationMaker`. */
  static get application(): ApplicationMaker {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own requests.
    return applicationMaker(this);
  }

  /**
   * A request that is a platform's `Request`. Its body is read from there, as it comes, and can be
   * read once, here or there.
   *
   * @param options what a `Request` doesn't say of itself, such as the client's address.
   * @throws ArgumentError when the URL isn't of the schemes `http` and `https`.
   */
  static fromFetch<R>(
    this: RequestClass<R>,
    request: globalThis.Request,
    options?: EnvironFromFetchOptions,
  ): R {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own requests.
    return requestFromFetch(this, request, options);
  }

  /**
   * A request that no client sent: for tests, and for running an application by hand. Without values
   * it is `GET http://localhost/`.
   *
   * @throws ArgumentError when values contradict each other or can't be sent.
   */
  static fromValues<R>(this: RequestClass<R>, values?: EnvironValues): R {
    return new this(environFromValues(values));
  }

  // Written out, for the constructor that a class gets without one takes longer.
  constructor(environ: Environ, options?: RequestOptions) {
    super(environ, options);
  }

  /** Whether reading the body is an error. */
  get shallow(): boolean {
    return this[STATE]?.shallow === true;
  }

  /**
   * Has `callback` called once, when the request is over: when the body of the response was sent or
   * given up, or the handler threw. What the request holds itself, such as uploaded files, is
   * released after that. In a request that is over, it is called at once; what its promise is
   * rejected with is told to the server's log then.
   */
  callOnClose(callback: CloseCallback): void {
    const state = stateOf(this);
    state.end ??= new RequestEnd();
    if (state.end.isReached) callLate(callback, this.environ);
    else state.end.add(callback);
  }

  /**
   * Ends the request: calls what `callOnClose` was given, and releases uploaded files. What
   * `Request.application` makes does it for every request that holds something; for a request of
   * your own do it yourself, or say `await using request = new Request(environ)`. Use `callOnClose`
   * instead of overriding it.
   *
   * @throws what a callback threw; an AggregateError if several did.
   */
  close(): void | Promise<void> {
    const state = stateOf(this);
    state.end ??= new RequestEnd();
    return state.end.close();
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * The request as the platform's `Request`. Its body streams, with the limits of this request, and
   * decoded if this `decodesContent`; what `bytes()` and the like have kept is there as well.
   *
   * @throws BadHost when the Host header makes no URL.
   * @throws SecurityError when the host isn't one of `trustedHosts`.
   * @throws NotImplemented for CONNECT, TRACE and TRACK, which a `Request` can't have.
   * @throws BodyConsumedError as `stream` does.
   */
  toFetch(): globalThis.Request {
    if (codingOf(this) === undefined) return requestToFetch(this);
    const { trustedHosts, stream } = this;
    const environ = copyEnviron(this.environ, {
      HTTP_CONTENT_ENCODING: undefined,
      HTTP_TRANSFER_ENCODING: 'chunked', // the length is not known
      CONTENT_LENGTH: undefined,
    });
    return requestToFetch({ environ, trustedHosts, stream });
  }

  /**
   * Runs an application with this request, as a server would. A body that streams is read as the
   * response is; `close()` the response if you don't read it.
   *
   * @throws what the application throws before its head is known; an Error if it never calls
   * `startResponse()`.
   */
  getResponse(app: GatewayApp, options?: FromAppOptions): Promise<Response> {
    return responseFromApp(Response, app, this.environ, options);
  }
}

/** Calls what came after the end, where nobody waits for it. */
function callLate(callback: CloseCallback, environ: Environ): void {
  const pending = callback();
  if (!isThenable(pending)) return;
  const report = (error: unknown): void => {
    reportError(environ, 'Error in a callback after the end of a request', error);
  };
  pending.then(undefined, report);
}

import {
  type Body,
  type Environ,
  type GatewayApp,
  HTTPException,
  type StartResponse,
} from '@werkstatt/core';
import { type ErrorAnswer, errorAnswer } from '../page/error-answer.ts';

/** One request on its way through a `DebuggedApplication`. */
export class DebuggedRequest {
  #environ: Environ;
  #startResponse: StartResponse;
  #reportFurther: ((error: unknown) => void) | undefined;
  /** Reported by an adapter that answers an application's error itself. */
  #reported: unknown[] = [];
  /** Whether a byte of the application's answer is on its way: then no page can follow. */
  #started = false;
  /** Stands in for an answer of the application. */
  #page: ErrorAnswer | undefined;

  constructor(environ: Environ, startResponse: StartResponse) {
    this.#environ = environ;
    this.#startResponse = startResponse;
    this.#reportFurther = environ['gateway.report_error'];
    environ['gateway.report_error'] = (error) => this.#report(error);
  }

  /** Calls the application; one that answers synchronously still does. */
  run(app: GatewayApp): Body | Promise<Body> {
    try {
      const result = app(this.#environ, this.#start);
      if (!isPromise(result)) return this.#watch(result);
      return result.then(
        (body) => this.#watch(body),
        (error) => this.#answer(error),
      );
    } catch (error) {
      return this.#answer(error);
    }
  }

  #start: StartResponse = (status, headers, error) => {
    if (this.#reported.length > 0 && status.startsWith('5') && !this.#started) {
      this.#page = errorAnswer(this.#reported[0], this.#environ);
      this.#startResponse(this.#page.status, this.#page.headers, error);
      this.#log(this.#page);
      return () => {};
    }
    const write = this.#startResponse(status, headers, error);
    return (chunk) => {
      this.#started = true;
      return write(chunk);
    };
  };

  /** Puts the page in place of an application that has failed, or fails with its error again. */
  #answer(error: unknown): Body {
    if (this.#started || isForServer(error, this.#environ)) throw error;
    this.#report(error);
    const answer = errorAnswer(error, this.#environ);
    // Throws the error back if the head is out after all.
    this.#startResponse(answer.status, answer.headers, error);
    this.#log(answer);
    return [answer.body];
  }

  #report(error: unknown): void {
    if (this.#reported.includes(error)) return;
    this.#reported.push(error);
    this.#reportFurther?.(error);
  }

  #log({ log }: ErrorAnswer): void {
    const errors = this.#environ['gateway.errors'];
    errors.write(log);
    errors.flush();
  }

  /** The body, with the page in place of an error before its first octet. */
  #watch(body: Body): Body {
    const close = body?.close === undefined ? {} : { close: () => body.close!() };
    if (this.#page !== undefined) return Object.assign([this.#page.body], close);
    // An array has its chunks already, and what is no body at all is the server's to refuse.
    if (Array.isArray(body) || body instanceof Uint8Array || typeof body === 'string') return body;
    if (isAsyncIterable(body)) {
      return { [Symbol.asyncIterator]: () => this.#iterateAsync(body), ...close };
    }
    if (isIterable(body)) return { [Symbol.iterator]: () => this.#iterate(body), ...close };
    return body;
  }

  *#iterate(body: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
    try {
      for (const chunk of body) {
        if (this.#page !== undefined) break;
        if (chunk?.byteLength !== 0) this.#started = true;
        yield chunk;
      }
    } catch (error) {
      yield* this.#answer(error) as Uint8Array[];
      return;
    }
    if (this.#page !== undefined) yield this.#page.body;
  }

  async *#iterateAsync(
    body: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of body) {
        if (this.#page !== undefined) break;
        if (chunk?.byteLength !== 0) this.#started = true;
        yield chunk;
      }
    } catch (error) {
      yield* this.#answer(error) as Uint8Array[];
      return;
    }
    if (this.#page !== undefined) yield this.#page.body;
  }
}

/** An HTTP exception is an answer; an error after the client has left has nobody to be shown to. */
function isForServer(error: unknown, environ: Environ): boolean {
  return isHttpException(error) || environ['gateway.signal']?.aborted === true;
}

function isHttpException(error: unknown): boolean {
  try {
    return error instanceof HTTPException;
  } catch {
    return false;
  }
}

function isPromise(result: Body | Promise<Body>): result is Promise<Body> {
  return typeof (result as Promise<Body> | undefined)?.then === 'function';
}

function isAsyncIterable(body: Body): body is Body & AsyncIterable<Uint8Array> {
  return typeof (body as AsyncIterable<Uint8Array>)?.[Symbol.asyncIterator] === 'function';
}

function isIterable(body: Body): body is Body & Iterable<Uint8Array> {
  return typeof (body as Iterable<Uint8Array>)?.[Symbol.iterator] === 'function';
}

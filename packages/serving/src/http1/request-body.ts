import {
  BadRequest,
  type HTTPException,
  RequestEntityTooLarge,
  RequestHeaderFieldsTooLarge,
} from '@werkstatt/core/exceptions';
import type { HeaderList } from '@werkstatt/core/protocol';
import { ChunkedDecoder } from './chunked.ts';
import type { Framing } from './framing.ts';
import { type InputSource, RequestInput } from './input.ts';
import type { Limits } from './limits.ts';
import * as refusals from './refusals.ts';

/** The body of one request on its way from the connection into its input. */
export class RequestBody {
  readonly input: RequestInput;
  /** The whole body has been received. */
  complete = false;
  /** Why the rest of the connection can't be read, once that is so. */
  refusal: refusals.Refusal | null = null;

  readonly #maxSize: number;
  readonly #decoder: ChunkedDecoder | null;
  // Octets still to come, without chunked coding.
  #remaining: number;
  #discarding = false;
  #discarded = 0;

  constructor(framing: Framing, limits: Limits, source: InputSource) {
    this.input = new RequestInput(source);
    this.#maxSize = limits.maxBodySize;
    this.#decoder = framing.chunked ? new ChunkedDecoder(limits) : null;
    this.#remaining = framing.contentLength;
  }

  get trailers(): HeaderList {
    return this.#decoder?.trailers ?? [];
  }

  /** Octets known to be on their way; 0 with chunked coding. */
  get remaining(): number {
    return this.#remaining;
  }

  /** Octets read past since `discard()`. */
  get discarded(): number {
    return this.#discarded;
  }

  /** Nobody reads the body any more. */
  get discarding(): boolean {
    return this.#discarding;
  }

  /** From now on octets are read past: the application is done with them. */
  discard(): void {
    this.#discarding = true;
    this.input.fail(new BadRequest('The response ended before the request body was there.'));
  }

  /**
   * Takes the body's octets from `start` on.
   *
   * @returns where the body, or what is here of it, ends.
   */
  receive(octets: Buffer, start: number, end: number): number {
    return this.#decoder === null
      ? this.#receiveCounted(octets, start, end)
      : this.#receiveChunked(this.#decoder, octets, start, end);
  }

  /** The body won't be complete: reads fail with `error`. */
  fail(error: HTTPException): void {
    this.input.fail(error);
  }

  #receiveCounted(octets: Buffer, start: number, end: number): number {
    const stop = Math.min(end, start + this.#remaining);
    this.#remaining -= stop - start;
    this.#deliver(octets.subarray(start, stop));
    if (this.#remaining === 0) this.#finish();
    return stop;
  }

  #receiveChunked(decoder: ChunkedDecoder, octets: Buffer, start: number, end: number): number {
    const at = decoder.decode(octets, start, end, this.#deliver);
    if (decoder.refusal !== null) this.#refuse(decoder.refusal);
    else if (decoder.received > this.#maxSize) this.#refuse(refusals.BODY_TOO_LARGE);
    else if (decoder.complete) this.#finish();
    return at;
  }

  readonly #deliver = (data: Buffer): void => {
    if (this.#discarding) this.#discarded += data.length;
    else if (this.input.error === null) this.input.push(data);
  };

  #finish(): void {
    this.complete = true;
    this.input.end();
  }

  #refuse(refusal: refusals.Refusal): void {
    this.refusal = refusal;
    this.input.fail(asException(refusal));
  }
}

/** What an application that reads the body sees of a refusal. */
function asException(refusal: refusals.Refusal): HTTPException {
  if (refusal === refusals.BODY_TOO_LARGE) return new RequestEntityTooLarge(refusal.detail);
  if (refusal === refusals.HEADER_TOO_LARGE) return new RequestHeaderFieldsTooLarge(refusal.detail);
  return new BadRequest(refusal.detail);
}

import { type Body, type CloseCallback, concatBytes, type Environ } from '@werkstatt/core';
import { ResponseStream } from '../streaming/response-stream.ts';
import { byteLength, ownBytes } from '../values/bytes.ts';
import { isStream, type ResponseBody, type StoredBody } from './body-source.ts';
import { hasNoContent } from './entity-rules.ts';
import { ResponsePolicies } from './response-policies.ts';
import { stateOf } from './response-state.ts';
import type { StreamedBody } from './streamed-body.ts';

const decoder = new TextDecoder();

/** The body of a response, whole or a stream, until it is sent or given up. */
export abstract class ResponseContent extends ResponsePolicies {
  /**
   * Whether `data`, `getData()` and `stream` may read a synchronous stream to its end, so that it
   * fills the memory. Default: true; without it, that takes `await response.makeSequence()`. It can
   * be set for a response, and as a field of a subclass.
   */
  declare implicitSequenceConversion: boolean;

  static {
    ResponseContent.prototype.implicitSequenceConversion = true;
  }

  /** Whether the body is pulled chunk by chunk, so that its length isn't known before its end. */
  get isStreamed(): boolean {
    return isStream(stateOf(this).body);
  }

  /** Whether the body is whole: the opposite of `isStreamed`. */
  get isSequence(): boolean {
    return !isStream(stateOf(this).body);
  }

  override calculateContentLength(): number | undefined {
    const body = stateOf(this).encoded();
    return isStream(body) ? undefined : byteLength(body);
  }

  /**
   * The body as bytes, or as text. A synchronous iterable is read to its end, and kept.
   *
   * @throws BodyConsumedError for an asynchronous body, which `await response.bytes()` reads, and for
   * a stream that was sent.
   */
  getData(options?: { asText?: false | undefined }): Uint8Array;
  getData(options: { asText: true }): string;
  getData(options?: { asText?: boolean | undefined }): Uint8Array | string {
    const data = concatBytes(chunksOf(this));
    return options?.asText ? decoder.decode(data) : ownBytes(data);
  }

  /** Replaces the body and the `Content-Length`. A stream that was there is given up at the end. */
  setData(data: string | Uint8Array | ArrayBuffer): void {
    stateOf(this).set(data);
    this.contentLength = this.calculateContentLength();
  }

  /** The body as bytes: `getData()`, and to set it, `setData()`. */
  get data(): Uint8Array {
    return this.getData();
  }
  set data(data: string | Uint8Array | ArrayBuffer) {
    this.setData(data);
  }

  /** The body as bytes. A stream is read to its end, and kept: the response is no stream then. */
  async bytes(): Promise<Uint8Array> {
    await this.makeSequence();
    return ownBytes(concatBytes(chunksOf(this)));
  }

  /** The body as text. */
  async text(): Promise<string> {
    await this.makeSequence();
    return decoder.decode(concatBytes(chunksOf(this)));
  }

  /**
   * Reads a stream to its end and keeps its chunks, so that the response has a length and can be sent
   * any number of times. A synchronous stream is read before this returns.
   *
   * @throws BodyConsumedError for a stream that was sent or read already.
   */
  async makeSequence(): Promise<void> {
    await stateOf(this).makeSequence();
  }

  /**
   * The body chunk by chunk, as bytes. A stream is given out once, with a `close()` that has to be
   * called.
   *
   * @throws BodyConsumedError for a stream that was sent or read already.
   */
  iterEncoded(): readonly Uint8Array[] | StreamedBody {
    const state = stateOf(this);
    const body = state.encoded();
    if (isStream(body)) return state.open();
    return body instanceof Uint8Array ? [body] : [...body];
  }

  /**
   * The body to write to: what is written comes after what is there. It is kept until the response
   * is sent; to write while it is sent, make the body with `streamBody()`.
   *
   * @throws BodyConsumedError for a stream, as `getData()`.
   */
  get stream(): ResponseStream {
    const state = stateOf(this);
    state.writer ??= makeWriter(this);
    return state.writer;
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
    stateOf(this).replace(make);
  }

  /** The body for one request: empty where the method or the status allow no content. */
  getAppIter(environ: Environ): Body {
    const state = stateOf(this);
    const body = state.encoded();
    const silent = hasNoContent(environ.REQUEST_METHOD, state.status[1]);
    if (isStream(body)) {
      const stream = state.open();
      return silent ? withClose([], () => stream.close()) : stream;
    }
    const chunks = silent ? [] : body instanceof Uint8Array ? [body] : [...body];
    return state.callbacks ? withClose(chunks, () => this.close()) : chunks;
  }

  /** Has `callback` called once, when the response was sent, or given up, or is closed by hand. */
  callOnClose(callback: CloseCallback): void {
    stateOf(this).callOnClose(callback);
  }

  /**
   * Gives the source of a stream up, then runs what `callOnClose` was given. A server does this
   * through the body; call it for a response that is not sent. Instead of overriding it, which
   * servers wouldn't notice, use `callOnClose`.
   */
  close(): void | Promise<void> {
    return stateOf(this).close();
  }

  /** `close()`, for `await using response`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function chunksOf(response: ResponseContent): readonly Uint8Array[] {
  return stateOf(response).chunks(response.implicitSequenceConversion);
}

function makeWriter(response: ResponseContent): ResponseStream {
  chunksOf(response);
  const state = stateOf(response);
  let chunks: Uint8Array[] | undefined;
  return new ResponseStream({
    write: (chunk) => {
      // The body may have been replaced since the last write.
      if (chunks === undefined || chunks !== state.body) chunks = [...chunksOf(response)];
      state.body = chunks;
      chunks.push(chunk);
      response.contentLength = undefined;
      return undefined;
    },
    tell: () => byteLength(chunksOf(response)),
  });
}

/** A list of chunks with a `close()`: servers see a list, and send it as one. */
function withClose(chunks: Uint8Array[], close: () => void | Promise<void>): Body {
  return Object.assign(chunks, { close });
}

import type { Body, Environ } from '@werkstatt/core';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { byteLength, concatBytes } from '../values/bytes.ts';
import {
  type BodyChunk,
  isStream,
  type ResponseBody,
  type StoredBody,
  storeBody,
} from './body-source.ts';
import { type CloseCallback, closeAll } from './close-all.ts';
import { encodeText } from './encode.ts';
import { hasNoContent } from './entity-rules.ts';
import type { ResponseOptions } from './response-options.ts';
import { ResponsePolicies } from './response-policies.ts';
import { ResponseStream } from './response-stream.ts';
import { type StreamedBody, streamedBody } from './streamed-body.ts';

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

  /** Text as long as nobody needs bytes. */
  #body: string | StoredBody;
  /** The body being read, once it was a stream. */
  #opened: StreamedBody | undefined;
  #callbacks: CloseCallback[] | undefined;
  #writer: ResponseStream | undefined;

  constructor(body: ResponseBody | undefined, options: ResponseOptions | undefined) {
    super(body, options);
    this.#body = storeBody(body);
  }

  /** Whether the body is pulled chunk by chunk, so that its length isn't known before its end. */
  get isStreamed(): boolean {
    return isStream(this.#body);
  }

  /** Whether the body is whole: the opposite of `isStreamed`. */
  get isSequence(): boolean {
    return !isStream(this.#body);
  }

  override calculateContentLength(): number | undefined {
    const body = this.#encoded();
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
    const data = concatBytes(this.#chunksNow());
    return options?.asText ? decoder.decode(data) : data;
  }

  /** Replaces the body and the `Content-Length`. A stream that was there is given up at the end. */
  setData(data: string | Uint8Array | ArrayBuffer): void {
    const body = storeBody(data);
    if (isStream(this.#body)) this.#closeFirst(this.#opened ?? this.#open());
    this.#opened = undefined;
    this.#body = body;
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
    return concatBytes(this.#chunksNow());
  }

  /** The body as text. */
  async text(): Promise<string> {
    return decoder.decode(await this.bytes());
  }

  /**
   * Reads a stream to its end and keeps its chunks, so that the response has a length and can be sent
   * any number of times. A synchronous stream is read before this returns.
   *
   * @throws BodyConsumedError for a stream that was sent or read already.
   */
  async makeSequence(): Promise<void> {
    const source = this.#body;
    if (typeof source === 'string' || !isStream(source)) return;
    if (!(Symbol.asyncIterator in source)) {
      this.#readNow(source);
      return;
    }
    const stream = this.#open();
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of stream) chunks.push(chunk);
    } finally {
      await stream.close();
    }
    this.#body = chunks;
    this.#opened = undefined;
  }

  /**
   * The body chunk by chunk, as bytes. A stream is given out once, with a `close()` that has to be
   * called.
   *
   * @throws BodyConsumedError for a stream that was sent or read already.
   */
  iterEncoded(): readonly Uint8Array[] | StreamedBody {
    const body = this.#encoded();
    if (isStream(body)) return this.#open(() => this.#runCallbacks());
    return body instanceof Uint8Array ? [body] : [...body];
  }

  /**
   * The body to write to: what is written comes after what is there. It is kept until the response
   * is sent; to write while it is sent, make the body with `streamBody()`.
   *
   * @throws BodyConsumedError for a stream, as `getData()`.
   */
  get stream(): ResponseStream {
    this.#writer ??= this.#makeWriter();
    return this.#writer;
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
    if (this.#opened) throw new BodyConsumedError('This body was sent or read already.');
    this.#body = storeBody(make(this.#encoded()));
  }

  /** The body for one request: empty where the method or the status allow no content. */
  getAppIter(environ: Environ): Body {
    const body = this.#encoded();
    const silent = hasNoContent(environ.REQUEST_METHOD, this.statusCode);
    if (isStream(body)) {
      const stream = this.#open(() => this.#runCallbacks());
      return silent ? withClose([], () => stream.close()) : stream;
    }
    const chunks = silent ? [] : body instanceof Uint8Array ? [body] : [...body];
    return this.#callbacks ? withClose(chunks, () => this.close()) : chunks;
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
    if (!isStream(this.#body)) return this.#runCallbacks();
    const stream = this.#opened ?? this.#open();
    return closeAll([() => stream.close(), () => this.#runCallbacks()]);
  }

  /** `close()`, for `await using response`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #encoded(): StoredBody {
    if (typeof this.#body === 'string') this.#body = encodeText(this.#body);
    return this.#body;
  }

  /** The chunks of the body, if they can be had without waiting; a stream is no stream then. */
  #chunksNow(): readonly Uint8Array[] {
    const body = this.#encoded();
    if (body instanceof Uint8Array) return [body];
    if (!isStream(body)) return body;
    if (this.#opened || Symbol.asyncIterator in body || !this.implicitSequenceConversion) {
      throw new BodyConsumedError(
        'This body is a stream that was sent already, or takes waiting to be read; before it is ' +
          'sent, use `await response.bytes()`, or `await response.makeSequence()`.',
      );
    }
    return this.#readNow(body);
  }

  #readNow(source: Iterable<BodyChunk>): readonly Uint8Array[] {
    const stream = this.#open();
    const chunks = [...(stream as Iterable<Uint8Array>)];
    this.#opened = undefined;
    this.#body = chunks;
    if ('close' in source) this.#closeFirst(stream);
    return chunks;
  }

  #open(onClose: CloseCallback = () => undefined): StreamedBody {
    if (this.#opened || !isStream(this.#body)) {
      throw new BodyConsumedError(
        'This response streams its body, which was sent or read already. Make a new response for ' +
          'every request, or `await response.bytes()` before the first to keep the body whole.',
      );
    }
    this.#opened = streamedBody(this.#body, onClose);
    return this.#opened;
  }

  #closeFirst(stream: StreamedBody): void {
    this.#callbacks = [() => stream.close(), ...(this.#callbacks ?? [])];
  }

  #makeWriter(): ResponseStream {
    this.#chunksNow();
    let chunks: Uint8Array[] | undefined;
    return new ResponseStream({
      write: (chunk) => {
        // The body may have been replaced since the last write.
        if (chunks === undefined || chunks !== this.#body) chunks = [...this.#chunksNow()];
        this.#body = chunks;
        chunks.push(chunk);
        this.contentLength = undefined;
        return undefined;
      },
      tell: () => byteLength(this.#chunksNow()),
    });
  }

  #runCallbacks(): void | Promise<void> {
    const callbacks = this.#callbacks;
    this.#callbacks = undefined;
    if (callbacks) return closeAll(callbacks);
  }
}

/** A list of chunks with a `close()`: servers see a list, and send it as one. */
function withClose(chunks: Uint8Array[], close: () => void | Promise<void>): Body {
  return Object.assign(chunks, { close });
}

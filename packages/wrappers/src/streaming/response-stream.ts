import { StreamClosedError } from '../errors/wrapper-errors.ts';
import type { BodyChunk } from '../response/body-source.ts';
import { encodeChunk } from '../response/encode.ts';
import { awaitedLate } from '../values/awaited-late.ts';
import { LazyWritableStream } from './lazy-writable-stream.ts';

/** Where what is written to a stream goes. */
export interface StreamSink {
  /** Takes a chunk. A promise is backpressure; its rejection has to be harmless if unseen. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  /** Resolves once nothing that was written waits. Default: nothing ever does. */
  flush?(): Promise<void>;
  /** How many bytes there are. */
  tell(): number;
  /** The end; called once. Default: nothing is to be done. */
  close?(): void;
  /** The end, because what was written to the stream failed. Default: nothing is to be done. */
  abort?(reason: unknown): void;
  /** Aborted when nobody receives what is written any more. */
  signal?: AbortSignal;
}

/**
 * A response's body to write to: text, which is sent as UTF-8, and bytes. It is a web
 * `WritableStream` as well, so that whatever writes or pipes into one can fill it:
 *
 * ```ts
 * await stream.write('Hello ');
 * await readable.pipeTo(stream);
 * await pipeline(createReadStream(path), Writable.fromWeb(stream));
 * ```
 *
 * A chunk that was written belongs to the response; don't change its bytes afterwards.
 */
export class ResponseStream extends LazyWritableStream<BodyChunk> {
  readonly #sink: StreamSink;
  #closed = false;
  /** Whether the sink was told. */
  #ended = false;
  /** Whether somebody has had a writer, so that chunks can wait in the platform's queue. */
  #handedOut = false;

  /** @param sink where it all goes; `response.stream` and `streamBody()` have one for you. */
  constructor(sink: StreamSink) {
    let controller!: WritableStreamDefaultController;
    super({
      start: (given) => void (controller = given),
      write: (chunk) => {
        try {
          return sink.write(encodeChunk(chunk));
        } catch (error) {
          sink.abort?.(error);
          throw error;
        }
      },
      close: () => this.#end(),
      abort: (reason) => {
        this.#closed = true;
        sink.abort?.(reason);
      },
    });
    this.#sink = sink;
    const { signal } = sink;
    signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
  }

  /** How text is encoded. */
  get encoding(): string {
    return 'utf-8';
  }

  /** Whether the end was written: nothing can follow. */
  get closed(): boolean {
    return this.#closed;
  }

  /** How many bytes there are before what is written next. */
  tell(): number {
    return this.#sink.tell();
  }

  /**
   * Writes a chunk. Await it: the promise is what keeps a fast producer from filling the memory
   * while a client reads slowly. It rejects with a `ClientGoneError` when nobody receives the
   * response any more, and that needs no handling.
   *
   * @throws StreamClosedError after `close()`.
   * @throws InvalidBodyError for what is neither text nor bytes.
   * @throws TypeError while something pipes into the stream, or holds its writer.
   */
  write(chunk: BodyChunk): Promise<void> {
    return this.#put(chunk) ?? Promise.resolve();
  }

  /**
   * Writes one chunk after the other, as `write()` does, and waits in between where that is needed.
   * No line ends are added.
   */
  writelines(chunks: Iterable<BodyChunk>): Promise<void> {
    const iterator = chunks[Symbol.iterator]();
    const room = this.#putUntilFull(iterator);
    return room === undefined ? Promise.resolve() : awaitedLate(this.#putRest(iterator, room));
  }

  /** Resolves once the server took all that was written; rejects as `write()` does. */
  flush(): Promise<void> {
    return awaitedLate(this.#sink.flush?.() ?? Promise.resolve());
  }

  /**
   * Ends the body; a second call does nothing.
   *
   * @throws TypeError, as a rejection, while something pipes into the stream, or holds its writer.
   */
  override close(): Promise<void> {
    if (this.locked) return super.close();
    if (this.#closed) return Promise.resolve();
    // What waits in the platform's queue has to go first.
    if (this.#handedOut) this.#closed = true;
    else this.#end();
    return awaitedLate(super.close());
  }

  override getWriter(): WritableStreamDefaultWriter<BodyChunk> {
    const writer = super.getWriter();
    this.#handedOut = true;
    return writer;
  }

  #put(chunk: BodyChunk): Promise<void> | undefined {
    if (this.#closed) {
      throw new StreamClosedError(
        'The stream of this response is closed. Write before close(); and a function that is to ' +
          'write later has to return a promise until then, or a function for the end.',
      );
    }
    if (!this.locked && !this.#handedOut) return this.#sink.write(encodeChunk(chunk));
    const bytes = encodeChunk(chunk);
    const writer = super.getWriter();
    try {
      return awaitedLate(writer.write(bytes));
    } finally {
      writer.releaseLock();
    }
  }

  /** Puts what fits; a promise says that there may be more. */
  #putUntilFull(chunks: Iterator<BodyChunk>): Promise<void> | undefined {
    for (let next = chunks.next(); !next.done; next = chunks.next()) {
      const room = this.#put(next.value);
      if (room !== undefined) return room;
    }
    return undefined;
  }

  async #putRest(chunks: Iterator<BodyChunk>, room: Promise<void> | undefined): Promise<void> {
    try {
      for (; room !== undefined; room = this.#putUntilFull(chunks)) await room;
    } catch (error) {
      chunks.return?.();
      throw error;
    }
  }

  #end(): void {
    this.#closed = true;
    if (this.#ended) return;
    this.#ended = true;
    this.#sink.close?.();
  }
}

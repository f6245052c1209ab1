import { ClientGoneError, StreamOverflowError } from '../errors/wrapper-errors.ts';
import { awaitedLate } from '../values/awaited-late.ts';
import { checkLimit } from '../values/check-limit.ts';
import { DONE } from '../values/done.ts';
import { ChunkChannel } from './chunk-channel.ts';
import { ResponseStream } from './response-stream.ts';

/** What a producer can leave behind: it is called once, when nothing more is sent. */
export type StreamCleanup = () => unknown;

/**
 * Writes a body while it is sent. `signal` is aborted when the client goes away, or the response is
 * given up for another reason: then stop. When what is returned has settled, the body ends; a
 * function that is returned keeps it open, until `stream.close()` or the client's end, and is called
 * then.
 */
export type StreamProducer = (
  stream: ResponseStream,
  signal: AbortSignal,
) => void | StreamCleanup | Promise<void | StreamCleanup>;

/** How much `streamBody()` keeps of what the client didn't take yet. */
export interface StreamBodyOptions {
  /**
   * How many bytes may wait for the client before `write()` does. More lets the producer work ahead
   * of a client that stalls. Default: 65,536.
   */
  highWaterMark?: number | undefined;
  /**
   * How many bytes may wait although `write()` asked for patience; beyond, the response is given up
   * with a `StreamOverflowError`. Default: 16 MiB. Without it, a producer that doesn't await its
   * writes fills the memory as soon as one client reads slowly.
   */
  maxBufferSize?: number | undefined;
}

/**
 * A body that a function writes:
 *
 * ```ts
 * const body = streamBody(async (stream, signal) => {
 *   for (const row of await query(signal)) await stream.write(row.toCsv());
 * });
 * return new Response(body, { mimetype: 'text/csv' });
 * ```
 *
 * The function is called when the first chunk is asked for, so never for a HEAD request. What it
 * throws before it wrote anything can still become a 500; later, the answer is cut, so that nobody
 * takes it for a whole one.
 *
 * @throws ArgumentError when a number of the options is negative or none.
 */
export function streamBody(producer: StreamProducer, options: StreamBodyOptions = {}): StreamBody {
  return new StreamBody(producer, options);
}

/** What `streamBody()` makes: the body of one response. */
export class StreamBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #controller = new AbortController();
  readonly #channel: ChunkChannel;
  readonly #maxBufferSize: number;
  #written = 0;
  /** Until it is called. */
  #producer: StreamProducer | undefined;
  /** Settles when the producer and its cleanup have ended. */
  #running: Promise<void> | undefined;
  #settled = false;
  #closed = false;

  constructor(producer: StreamProducer, options: StreamBodyOptions) {
    const { highWaterMark = 65_536, maxBufferSize = 16 * 1024 * 1024 } = options;
    this.#producer = producer;
    this.#channel = new ChunkChannel(checkLimit('highWaterMark', highWaterMark));
    this.#maxBufferSize = checkLimit('maxBufferSize', maxBufferSize);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next chunk, once it is written. */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const producer = this.#producer;
    if (producer !== undefined) {
      this.#producer = undefined;
      // Whoever ends the body hears of an error that comes after its end.
      this.#running = awaitedLate(this.#run(producer));
    }
    return this.#channel.take();
  }

  /** Gives the body up: tells the producer, and waits until it has ended. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.close();
    return DONE;
  }

  /**
   * As `return()`, also after a normal end; a second call doesn't wait again.
   *
   * @throws what the producer throws after the end, unless it only says that it was stopped.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#producer = undefined;
    const gone = new ClientGoneError(
      'Nobody receives this response any more: the client has gone, or the server gave it up. ' +
        'Stop writing; there is nothing to repair.',
    );
    const complete = this.#settled && this.#channel.ended;
    this.#channel.giveUp(gone);
    if (!complete) this.#controller.abort(gone);
    await this.#running;
  }

  async #run(producer: StreamProducer): Promise<void> {
    const { signal } = this.#controller;
    const stream = this.#makeStream(signal);
    try {
      const cleanup = await producer(stream, signal);
      if (typeof cleanup === 'function') {
        await aborted(signal);
        await cleanup();
      } else if (!stream.locked) {
        // What pipes into the stream and wasn't awaited ends it by itself.
        void stream.close();
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#settled = true;
    }
  }

  #makeStream(signal: AbortSignal): ResponseStream {
    const channel = this.#channel;
    return new ResponseStream({
      signal,
      write: (chunk) => {
        this.#written += chunk.length;
        if (channel.waiting > 0 && channel.waiting + chunk.length > this.#maxBufferSize) {
          this.#overflow();
        }
        return channel.put(chunk);
      },
      flush: () => channel.flush(),
      tell: () => this.#written,
      close: () => channel.close(),
      abort: (reason) => {
        channel.fail(reason);
        this.#controller.abort(reason);
      },
    });
  }

  #overflow(): void {
    if (this.#channel.ended) return;
    const error = new StreamOverflowError(
      `More than ${this.#maxBufferSize} bytes were written that the client didn't take yet. ` +
        'Await write() before the next one; or raise maxBufferSize.',
    );
    this.#channel.fail(error);
    this.#channel.forget();
    this.#controller.abort(error);
  }

  /** The producer threw: an error for the client, unless the end was before, or the cause of it. */
  #failed(error: unknown): void {
    const { signal } = this.#controller;
    if (signal.aborted && isAboutTheEnd(error, signal.reason)) return;
    if (this.#channel.ended) throw error;
    this.#channel.fail(error);
    this.#controller.abort(error);
  }
}

function isAboutTheEnd(error: unknown, reason: unknown): boolean {
  if (error === reason) return true;
  return error instanceof Error && (error.name === 'AbortError' || error.cause === reason);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

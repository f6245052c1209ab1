import { showParts } from '../datastructures/inspect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { ClientDisconnected } from '../exceptions/bad-request.ts';
import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import type { InputStream } from '../protocol.ts';
import { concatBytes, NO_BYTES } from './bytes.ts';
import { checkReadSize } from './read-size.ts';
import { Turn } from './turn.ts';

const CHUNK_SIZE = 65_536;

/** What a `LimitedStream` takes its limit for. */
export interface LimitedStreamOptions {
  /**
   * The limit is a maximum, and more than that a 413; the stream must end by itself, as an input
   * does that the server terminates. Default: false, the limit is the exact length.
   */
  isMax?: boolean | undefined;
}

/**
 * A part of another input: never more than `limit` bytes are taken from it.
 *
 * - An exact limit ends the stream there. An input that has less has lost its client, and reads
 *   reject with `ClientDisconnected`: a part never looks like the whole.
 * - A maximum lets a shorter input end where it does. Of a longer one, the read that finds more
 *   rejects with `RequestEntityTooLarge`; one of exactly that length is complete.
 */
export class LimitedStream implements InputStream {
  static {
    showParts(LimitedStream, (stream) => {
      return { limit: stream.limit, isMax: stream.#isMax, position: stream.tell() };
    });
  }

  readonly #stream: InputStream;
  readonly #isMax: boolean;
  /** How many bytes may be read, or are to be read. */
  readonly limit: number;
  #position = 0;
  #hasMore = false;
  readonly #turn: Turn = new Turn();

  /**
   * @param limit in bytes.
   * @throws ArgumentError when it is negative or no number, as a read throws for its size.
   */
  constructor(stream: InputStream, limit: number, options: LimitedStreamOptions = {}) {
    this.#stream = stream;
    this.limit = checkLimit(limit);
    this.#isMax = options.isMax === true;
  }

  /** Whether `limit` bytes have been read. */
  get isExhausted(): boolean {
    return this.#position >= this.limit;
  }

  /** How many bytes have been read. */
  tell(): number {
    return this.#position;
  }

  async read(size?: number): Promise<Uint8Array> {
    if (size !== undefined && checkReadSize(size) === 0) return NO_BYTES;
    this.#turn.begin();
    try {
      return await (size === undefined ? this.#readAll() : this.#read(size));
    } finally {
      this.#turn.end();
    }
  }

  /** All that is left: the same as `read()`. */
  readAll(): Promise<Uint8Array> {
    return this.read();
  }

  async readLine(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    if (checkReadSize(limit) === 0) return NO_BYTES;
    return this.#turn.take(() => this.#readLine(limit));
  }

  /** Reads what is left and drops it. */
  async exhaust(): Promise<void> {
    await this.#turn.take(async () => {
      while ((await this.#read(CHUNK_SIZE)).length > 0);
      return NO_BYTES;
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const chunk = await this.read(CHUNK_SIZE);
      if (chunk.length === 0) return;
      yield chunk;
    }
  }

  /**
   * Called when more than a maximum was found; a subclass may throw something else.
   *
   * @throws RequestEntityTooLarge
   */
  onExhausted(): never {
    throw new RequestEntityTooLarge(
      `The request body has more than the ${this.limit} bytes allowed here.`,
    );
  }

  /**
   * Called when the input ended before an exact limit; a subclass may throw something else.
   *
   * @throws ClientDisconnected
   */
  onDisconnect(): never {
    throw new ClientDisconnected(
      `The request body ended after ${this.#position} of ${this.limit} bytes.`,
    );
  }

  async #read(size: number): Promise<Uint8Array> {
    const left = this.limit - this.#position;
    if (left <= 0) return this.#end();
    return this.#count(await this.#stream.read(Math.min(size, left)));
  }

  async #readLine(limit: number): Promise<Uint8Array> {
    const left = this.limit - this.#position;
    if (left <= 0) return this.#end();
    return this.#count(await this.#stream.readLine(Math.min(limit, left)));
  }

  async #readAll(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (;;) {
      // What `#read` does, without a promise of its own.
      const left = this.limit - this.#position;
      const piece =
        left > 0
          ? this.#count(await this.#stream.read(Math.min(CHUNK_SIZE, left)))
          : await this.#end();
      if (piece.length === 0) return concatBytes(pieces);
      pieces.push(piece);
    }
  }

  #count(chunk: Uint8Array): Uint8Array {
    if (chunk.length === 0 && !this.#isMax) this.onDisconnect();
    this.#position += chunk.length;
    return chunk;
  }

  /** At the limit: one byte more tells an input that is too long from one that ends here. */
  async #end(): Promise<Uint8Array> {
    if (!this.#isMax) return NO_BYTES;
    this.#hasMore ||= (await this.#stream.read(1)).length > 0;
    if (this.#hasMore) this.onExhausted();
    return NO_BYTES;
  }
}

function checkLimit(limit: number): number {
  if (limit >= 0) return limit;
  throw new ArgumentError(
    `The limit of a LimitedStream is a number of bytes, 0 or more, not ${String(limit)}.`,
  );
}

import type { HTTPException } from '@werkstatt/core/exceptions';
import type { InputStream } from '@werkstatt/core/protocol';
import { LF } from './octets.ts';

const NO_OCTETS = new Uint8Array(0);

// Chunks cost memory beyond their octets: many tiny ones count as more.
const CHUNK_OVERHEAD = 128;
/** Above this much that nobody reads, the socket is not read either. */
const HIGH_WATER_MARK = 131_072;

/** The connection, as a body's reader sees it. */
export interface InputSource {
  /** Called when a read begins to wait: octets are wanted now. */
  demand(): void;
}

/** A request's body, filled by the connection and read by the application. */
export class RequestInput implements InputStream {
  readonly #source: InputSource;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;
  #reading = false;

  constructor(source: InputSource) {
    this.#source = source;
  }

  /** Whether a read waits for octets. */
  get waiting(): boolean {
    return this.#wake !== null;
  }

  /** Whether more lies here than should before somebody reads it. */
  get full(): boolean {
    return this.#size > HIGH_WATER_MARK && this.#wake === null;
  }

  /** Why reads fail, once they do. */
  get error(): Error | null {
    return this.#error;
  }

  /** Adds octets; the chunk belongs to the reader from now on. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length + CHUNK_OVERHEAD;
    this.#notify();
  }

  /** The body is complete. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** The body will never be complete: every read from now on rejects with `error`. */
  fail(error: HTTPException): void {
    if (this.#ended || this.#error !== null) return;
    this.#error = error;
    this.#chunks = [];
    this.#size = 0;
    this.#notify();
  }

  async read(size?: number): Promise<Uint8Array> {
    if (size === 0) return NO_OCTETS;
    if (size !== undefined && !(size > 0)) {
      throw new RangeError(`read(size) takes a positive number of octets, not ${size}`);
    }
    this.#begin();
    try {
      if (size === undefined) return await this.#readAll();
      // Waits for a microtask at least, so that a second read at once is refused every time.
      do await this.#arrival();
      while (this.#chunks.length === 0 && !this.#isOver());
      return this.#take(size);
    } finally {
      this.#reading = false;
    }
  }

  async readLine(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    this.#begin();
    try {
      const pieces: Uint8Array[] = [];
      let length = 0;
      while (length < limit) {
        await this.#arrival();
        if (this.#chunks.length === 0) {
          if (this.#isOver()) break;
          continue;
        }
        const lf = this.#chunks[0]!.indexOf(LF);
        const piece = this.#take(
          Math.min(lf < 0 ? Number.POSITIVE_INFINITY : lf + 1, limit - length),
        );
        pieces.push(piece);
        length += piece.length;
        if (piece[piece.length - 1] === LF) break;
      }
      return join(pieces);
    } finally {
      this.#reading = false;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const chunk = await this.read(Number.POSITIVE_INFINITY);
      if (chunk.length === 0) return;
      yield chunk;
    }
  }

  #begin(): void {
    if (this.#reading) {
      throw new Error('The input is being read already: await one read before the next.');
    }
    this.#reading = true;
  }

  async #readAll(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (;;) {
      // Out of the way at once: the socket is not read while much lies here.
      for (const chunk of this.#chunks) pieces.push(chunk);
      this.#chunks = [];
      this.#size = 0;
      if (this.#isOver()) return join(pieces);
      await this.#arrival();
    }
  }

  /** Whether no chunk can come any more. */
  #isOver(): boolean {
    if (this.#error !== null) throw this.#error;
    return this.#ended;
  }

  /** What a read waits for; nothing when there is something to say already. */
  #arrival(): Promise<void> | undefined {
    if (this.#chunks.length > 0 || this.#isOver()) return undefined;
    const arrival = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#source.demand();
    return arrival;
  }

  /** Up to `size` octets of the first chunk. */
  #take(size: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return NO_OCTETS;
    if (first.length > size) {
      this.#chunks[0] = first.subarray(size);
      this.#size -= size;
      return first.subarray(0, size);
    }
    this.#chunks.shift();
    this.#size -= first.length + CHUNK_OVERHEAD;
    return first;
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

function join(pieces: Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  return pieces.length === 0 ? NO_OCTETS : Buffer.concat(pieces);
}

/** The input of every request without a body: there is nothing to read, and no state to share. */
export const EMPTY_INPUT: InputStream = Object.freeze({
  read: async (): Promise<Uint8Array> => NO_OCTETS,
  readLine: async (): Promise<Uint8Array> => NO_OCTETS,
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {},
});

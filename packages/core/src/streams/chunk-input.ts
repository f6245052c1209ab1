import { showParts } from '../datastructures/inspect.ts';
import type { InputStream } from '../protocol.ts';
import { concatBytes, NO_BYTES } from './bytes.ts';
import { checkReadSize } from './read-size.ts';
import { Turn } from './turn.ts';

const LF = 0x0a;

/**
 * An input that is made of chunks: `new ChunkInput([bytes])` for a body in memory, any iterable or
 * async iterable of bytes for another. Chunks are handed out as they come, without copying.
 */
export class ChunkInput implements InputStream {
  static {
    showParts(ChunkInput, (input) => {
      return { ended: input.#ended, buffered: input.#rest.length };
    });
  }

  readonly #chunks: Iterator<Uint8Array> | AsyncIterator<Uint8Array>;
  /** What is left of the chunk that is being read. */
  #rest: Uint8Array = NO_BYTES;
  readonly #turn: Turn = new Turn();
  #ended = false;

  constructor(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    this.#chunks =
      Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  async read(size?: number): Promise<Uint8Array> {
    if (size !== undefined && checkReadSize(size) === 0) return NO_BYTES;
    return this.#turn.take(async () => {
      if (size === undefined) return this.#readAll();
      return (await this.#fill()) ? this.#take(size) : NO_BYTES;
    });
  }

  async readLine(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    checkReadSize(limit);
    return this.#turn.take(async () => {
      const pieces: Uint8Array[] = [];
      let left = limit;
      while (left > 0 && (await this.#fill())) {
        const lf = this.#rest.indexOf(LF);
        const piece = this.#take(lf < 0 ? left : Math.min(lf + 1, left));
        pieces.push(piece);
        left -= piece.length;
        if (piece[piece.length - 1] === LF) break;
      }
      return concatBytes(pieces);
    });
  }

  /** Gives the chunks; leaving the loop early closes what they come from. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = await this.read(Number.POSITIVE_INFINITY);
        if (chunk.length === 0) return;
        yield chunk;
      }
    } finally {
      if (!this.#ended) await this.#chunks.return?.();
      this.#ended = true;
    }
  }

  async #readAll(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    while (await this.#fill()) pieces.push(this.#take(Number.POSITIVE_INFINITY));
    return concatBytes(pieces);
  }

  /** Makes sure that there is something to take; `false` at the end. */
  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      if (this.#ended) return false;
      const next = await this.#chunks.next();
      if (next.done) this.#ended = true;
      else this.#rest = next.value;
    }
    return true;
  }

  #take(size: number): Uint8Array {
    const rest = this.#rest;
    if (rest.length <= size) {
      this.#rest = NO_BYTES;
      return rest;
    }
    this.#rest = rest.subarray(size);
    return rest.subarray(0, size);
  }
}

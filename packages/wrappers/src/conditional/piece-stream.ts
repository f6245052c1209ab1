import { closeAll } from '@werkstatt/core';
import { TruncatedBodyError } from '../errors/wrapper-errors.ts';
import type { StreamSource } from '../response/body-source.ts';
import { type StreamedBody, streamedBody } from '../response/streamed-body.ts';
import { DONE } from '../values/done.ts';
import type { ByteRange } from './choose-ranges.ts';
import type { Piece } from './cut-body.ts';
import { isPositioned, isSliceable } from './seekable-source.ts';

/**
 * A stream of pieces: bytes, and ranges of a source. It asks a source that can seek for nothing
 * else; of any other, one range can be had, and what lies before it is pulled and dropped. After the
 * last piece nothing more is pulled, and the source is given up.
 */
export class PieceStream implements AsyncIterableIterator<Uint8Array> {
  readonly #source: StreamSource & { close?(): unknown };
  readonly #pieces: Iterator<Piece>;
  /** The source, or the part of it that is being read. */
  #reader: StreamedBody | undefined;
  /** How many bytes of the reader are to be dropped before the range. */
  #skip = 0;
  /** How many bytes of the range are still to come. */
  #missing = 0;
  #over = false;

  constructor(source: StreamSource, pieces: readonly Piece[]) {
    this.#source = source;
    this.#pieces = pieces[Symbol.iterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @throws TruncatedBodyError when the source ends within a range. */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#over) return DONE;
    if (this.#missing === 0) {
      await this.#reader?.return();
      const { done, value: piece } = this.#pieces.next();
      if (done) return this.return();
      if (piece instanceof Uint8Array) return { done: false, value: piece };
      this.#open(piece);
    }
    return { done: false, value: await this.#pull() };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#over = true;
    await this.#reader?.return();
    return DONE;
  }

  close(): void | Promise<void> {
    this.#over = true;
    // The end of a stream without positions is reached through its reader alone.
    if (!this.#isSeekable) return (this.#reader ??= this.#readSource(this.#source)).close();
    return closeAll([() => this.#reader?.return(), () => this.#source.close?.()]);
  }

  get #isSeekable(): boolean {
    return isSliceable(this.#source) || isPositioned(this.#source);
  }

  #open([start, stop]: ByteRange): void {
    const source = this.#source;
    this.#missing = stop - start;
    if (isSliceable(source)) {
      this.#reader = this.#readSource(source.slice(start, stop));
      return;
    }
    if (isPositioned(source)) source.seek(start);
    else this.#skip = start;
    this.#reader = this.#readSource(source);
  }

  #readSource(source: StreamSource): StreamedBody {
    return streamedBody(source, () => undefined);
  }

  /** The next bytes of the range. */
  async #pull(): Promise<Uint8Array> {
    for (;;) {
      const { done, value: chunk } = await this.#reader!.next();
      if (done) throw new TruncatedBodyError(this.#missing);
      const part = chunk.subarray(this.#skip, this.#skip + this.#missing);
      this.#skip = Math.max(this.#skip - chunk.length, 0);
      this.#missing -= part.length;
      if (part.length > 0) return part;
    }
  }
}

import { concatBytes } from '@werkstatt/core';
import { DONE } from '../values/done.ts';

/**
 * The chunks that a decoder takes. It can look at the first bytes ahead, and it remembers what the
 * chunks failed with, which is not the decoder's error.
 */
export class EncodedSource implements AsyncIterableIterator<Uint8Array> {
  readonly #chunks: AsyncIterator<Uint8Array>;
  /** What was looked at, and not given yet. */
  #ahead: Uint8Array | undefined;
  #isReading = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The first bytes: at least `size`, fewer when there are no more. */
  async peek(size: number): Promise<Uint8Array> {
    let start: Uint8Array = new Uint8Array();
    while (start.length < size) {
      const next = await this.#read();
      if (next.done) break;
      start = start.length === 0 ? next.value : concatBytes([start, next.value]);
    }
    this.#ahead = start;
    return start;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead && ahead.length > 0) return { done: false, value: ahead };
    return this.#read();
  }

  /** Gives the chunks up. While one is waited for, the end of that wait is not waited for as well. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    const returned = this.#chunks.return?.();
    if (this.#isReading) returned?.catch(() => {});
    else await returned;
    return DONE;
  }

  async #read(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#isReading = true;
    try {
      return await this.#chunks.next();
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#isReading = false;
    }
  }
}

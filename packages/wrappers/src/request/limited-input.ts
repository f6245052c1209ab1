import { type InputStream, RequestEntityTooLarge } from '@werkstatt/core';
import { concatBytes } from '../values/bytes.ts';

const CHUNK_SIZE = 65_536;

/** An input that refuses with a 413 as soon as more than `limit` bytes come out of it. */
export class LimitedInput implements InputStream {
  readonly #input: InputStream;
  readonly #limit: number;
  #left: number;

  constructor(input: InputStream, limit: number) {
    this.#input = input;
    this.#limit = limit;
    this.#left = limit;
  }

  async read(size?: number): Promise<Uint8Array> {
    if (size === undefined) return this.#readAll();
    // One byte more than is allowed: at the limit, that tells the end from an excess.
    return this.#count(await this.#input.read(Math.min(size, this.#left + 1)));
  }

  async readLine(limit: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    return this.#count(await this.#input.readLine(Math.min(limit, this.#left + 1)));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of this.#input) {
      yield this.#count(chunk);
    }
  }

  async #readAll(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const chunk = await this.read(CHUNK_SIZE);
      if (chunk.length === 0) return concatBytes(chunks);
      chunks.push(chunk);
    }
  }

  #count(chunk: Uint8Array): Uint8Array {
    this.#left -= chunk.length;
    if (this.#left < 0) throw tooLarge(this.#limit);
    return chunk;
  }
}

/** The 413 for a body of more than `limit` bytes. */
export function tooLarge(limit: number): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    `The request body has more than the ${limit} bytes allowed here.`,
  );
}

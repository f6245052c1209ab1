import type { InputStream } from '@werkstatt/core';

/**
 * An input that is opened by the first read. `open` is called before each of them, gives the same
 * every time, and may throw to end the reading.
 */
export class LazyInput implements InputStream {
  readonly #open: () => InputStream;

  constructor(open: () => InputStream) {
    this.#open = open;
  }

  async read(size?: number): Promise<Uint8Array> {
    return this.#open().read(size);
  }

  async readLine(limit?: number): Promise<Uint8Array> {
    return this.#open().readLine(limit);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#open()) {
      yield chunk;
      this.#open();
    }
  }
}

import type { InputStream } from '@werkstatt/core';

/** An input that asks before each read: what is asked may take note of it, or throw. */
export class WatchedInput implements InputStream {
  readonly #input: InputStream;
  readonly #beforeRead: () => void;

  constructor(input: InputStream, beforeRead: () => void) {
    this.#input = input;
    this.#beforeRead = beforeRead;
  }

  async read(size?: number): Promise<Uint8Array> {
    this.#beforeRead();
    return this.#input.read(size);
  }

  async readLine(limit?: number): Promise<Uint8Array> {
    this.#beforeRead();
    return this.#input.readLine(limit);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#beforeRead();
    for await (const chunk of this.#input) {
      yield chunk;
      this.#beforeRead();
    }
  }
}

import type { FileSource } from './open-file.ts';

/** The bytes of a file that is kept in memory, as a body like that of an open one. */
export class KeptBody implements FileSource {
  readonly #bytes: Uint8Array;

  /** @param bytes never changed. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.slice(0, this.#bytes.length);
  }

  async *slice(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (end > start) yield this.#bytes.subarray(start, end);
  }

  async close(): Promise<void> {}
}

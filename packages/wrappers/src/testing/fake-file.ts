import type { TemporaryFile } from '../forms/temporary-file.ts';

/** A temporary file in memory, which can fail as a disk does. */
export class FakeFile implements TemporaryFile {
  readonly options: { failure?: Error | undefined };
  #bytes: Uint8Array = new Uint8Array();
  writes = 0;
  closed = 0;

  constructor(options: { failure?: Error } = {}) {
    this.options = { ...options };
  }

  get size(): number {
    return this.#bytes.length;
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    this.#fail();
    this.writes++;
    this.#bytes = Buffer.concat([this.#bytes.subarray(0, position), bytes]);
  }

  async read(bytes: Uint8Array, position: number): Promise<number> {
    this.#fail();
    const part = this.#bytes.subarray(position, position + bytes.length);
    bytes.set(part);
    return part.length;
  }

  async close(): Promise<void> {
    this.closed++;
  }

  cut(size: number): void {
    this.#bytes = this.#bytes.subarray(0, size);
  }

  #fail(): void {
    if (this.options.failure) throw this.options.failure;
  }
}

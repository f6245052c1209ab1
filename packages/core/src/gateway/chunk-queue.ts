/** Places of taken chunks are swept out once there are that many, and as many as chunks. */
const SWEEP = 64;

/** Chunks that wait, first in, first out. Each costs the same, however many there are. */
export class ChunkQueue {
  #chunks: (Uint8Array | undefined)[] = [];
  /** Where the first one stands: the `shift()` of a long array moves all the others. */
  #first = 0;
  #byteLength = 0;

  /** Whether none waits. */
  get isEmpty(): boolean {
    return this.#first === this.#chunks.length;
  }

  /** How many bytes wait. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** Adds a chunk behind the others. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#byteLength += chunk.length;
  }

  /** Takes the first chunk out; `undefined` when there is none. */
  shift(): Uint8Array | undefined {
    const chunk = this.#chunks[this.#first];
    if (chunk === undefined) return undefined;
    this.#chunks[this.#first++] = undefined;
    this.#byteLength -= chunk.length;
    if (this.#first >= SWEEP && this.#first * 2 >= this.#chunks.length) {
      this.#chunks.splice(0, this.#first);
      this.#first = 0;
    }
    return chunk;
  }

  /** Takes all of them out. */
  takeAll(): Uint8Array[] {
    const chunks = this.#chunks.slice(this.#first) as Uint8Array[];
    this.#chunks = [];
    this.#first = 0;
    this.#byteLength = 0;
    return chunks;
  }
}

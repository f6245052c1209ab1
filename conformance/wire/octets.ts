const LF = 10;

/** Octets as they arrive, in one growing buffer. What was handed out stays as it is. */
export class Octets {
  #buffer = Buffer.allocUnsafe(1 << 14);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#buffer.length) {
      const bigger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, length));
      this.#buffer.copy(bigger, 0, 0, this.#length);
      this.#buffer = bigger;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = length;
  }

  /** Where the next LF stands, or -1. */
  findLineFeed(from: number): number {
    return this.#buffer.subarray(0, this.#length).indexOf(LF, from);
  }

  slice(from: number, to: number = this.#length): Buffer {
    return this.#buffer.subarray(from, to);
  }

  /** Octets as text, one code point per octet. */
  text(from: number, to: number): string {
    return this.#buffer.toString('latin1', from, to);
  }
}

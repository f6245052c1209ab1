import { NO_BYTES } from './bytes.ts';

const SMALLEST = 1024;

/**
 * Bytes that are put together from pieces. They are copied, so that a small piece doesn't keep the
 * large chunk alive that it was cut from; the room for them doubles, so that it all stays linear.
 */
export class GrowingBytes {
  #room: Uint8Array = NO_BYTES;
  #length = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a copy of a piece. */
  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#room.length) this.#grow(length);
    this.#room.set(piece, this.#length);
    this.#length = length;
  }

  /** The bytes themselves, for as long as none are added. */
  view(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  /** A copy of some of the bytes. */
  slice(start = 0, end: number = this.#length): Uint8Array {
    return this.#room.slice(start, Math.min(end, this.#length));
  }

  /**
   * Starts anew.
   *
   * @param room for how many bytes there is room then. Default: for as many as there was.
   */
  clear(room: number = this.#room.length): void {
    this.#length = 0;
    if (this.#room.length !== room) this.#room = new Uint8Array(room);
  }

  #grow(length: number): void {
    const room = new Uint8Array(Math.max(length, 2 * this.#room.length, SMALLEST));
    room.set(this.view());
    this.#room = room;
  }
}

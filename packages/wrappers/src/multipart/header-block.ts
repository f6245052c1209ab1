import { RequestEntityTooLarge } from '@werkstatt/core';
import { latin1Text } from '#platform';
import { GrowingBytes } from '../values/growing-bytes.ts';

const LF = 0x0a;

/** Collects the header of a part: its octets up to the empty line, in as many chunks as they come. */
export class HeaderBlock {
  readonly #maxSize: number;
  /** What came in earlier chunks. */
  readonly #kept: GrowingBytes = new GrowingBytes();
  /** Where the current line begins and the search goes on, both counted from the header's start. */
  #line = 0;
  #searched = 0;
  /** The header, when it is complete: fields and their newlines, without the empty line. */
  #text = '';

  /** @param maxSize how many bytes there may be before the empty line. */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** The header that was completed last, as a text whose code units are its octets. */
  get text(): string {
    return this.#text;
  }

  /**
   * Takes the octets of a chunk from `from` on. Returns where the empty line ends in the chunk, or -1
   * when the header goes on in the next one.
   *
   * @throws RequestEntityTooLarge when the header is longer than the limit.
   */
  take(chunk: Uint8Array, from: number, newline: Uint8Array): number {
    const before = this.#kept.length;
    if (before === 0) {
      const end = this.#search(chunk, from, chunk.length, newline);
      if (end < 0) this.#kept.append(chunk.subarray(from));
      return end;
    }
    // With more, the header would be too long.
    const most = this.#maxSize + newline.length - before;
    this.#kept.append(chunk.subarray(from, from + most));
    const end = this.#search(this.#kept.view(), 0, this.#kept.length, newline);
    if (end < 0) return -1;
    this.#kept.clear();
    return from + end - before;
  }

  /** Looks for the empty line in a header that begins at `start`; returns where it ends, or -1. */
  #search(bytes: Uint8Array, start: number, end: number, newline: Uint8Array): number {
    const [first] = newline;
    const { length } = newline;
    const last = Math.min(end, start + this.#maxSize + length) - length;
    let line = start + this.#line;
    let at = start + this.#searched;
    for (; at <= last; at++) {
      if (bytes[at] !== first || (length === 2 && bytes[at + 1] !== LF)) continue;
      if (at === line) {
        this.#text = latin1Text(bytes, start, at);
        this.#line = 0;
        this.#searched = 0;
        return at + length;
      }
      at += length - 1;
      line = at + 1;
    }
    if (at > start + this.#maxSize) {
      throw new RequestEntityTooLarge(
        `A part of the form data has a header of more than ${this.#maxSize} bytes.`,
      );
    }
    this.#line = line - start;
    this.#searched = at - start;
    return -1;
  }
}

import { SpoolError } from '../errors/wrapper-errors.ts';
import { CHUNK_SIZE } from './chunk-size.ts';

/** What a content is a part of. */
export interface ContentSource {
  /** 1 to `size` bytes from a position on. */
  read(position: number, size: number): Promise<Uint8Array>;
  /** Takes note that a content is closed. */
  release(content: SpooledContent): Promise<void>;
}

/**
 * The bytes of an uploaded file: in memory, or a part of the form's temporary file. They can be read
 * as often as you like, and several readers don't disturb each other.
 */
export class SpooledContent implements AsyncIterable<Uint8Array> {
  readonly #source: ContentSource;
  readonly #start: number;
  /** How many bytes there are. */
  readonly size: number;
  #closed = false;

  constructor(source: ContentSource, start: number, size: number) {
    this.#source = source;
    this.#start = start;
    this.size = size;
  }

  /**
   * The bytes in chunks of up to 64 KiB, which belong to the reader.
   *
   * @throws SpoolError when the content is closed, or the disk fails.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#check();
    for (let position = 0; position < this.size; ) {
      const size = Math.min(this.size - position, CHUNK_SIZE);
      const chunk = await this.#source.read(this.#start + position, size);
      position += chunk.length;
      yield chunk;
      this.#check();
    }
  }

  /** Gives the bytes up; the temporary file goes with the last content. Repeating it does no harm. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#source.release(this);
  }

  #check(): void {
    if (this.#closed) throw closedError();
  }
}

/** The error for reading what was given up. */
export function closedError(): SpoolError {
  return new SpoolError(
    'The uploaded file is closed, as all files of a request are at its end: read or save it before.',
  );
}

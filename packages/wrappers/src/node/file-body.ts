import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { SliceableBody } from '../conditional/seekable-source.ts';
import { TruncatedBodyError } from '../errors/wrapper-errors.ts';
import { DONE } from '../values/done.ts';

/** Bytes of one read: many enough to be worth its detour over a thread, few enough to be kept. */
const READ_SIZE = 131_072;

/**
 * An open file as a body of a known length: what is appended later is not sent, and a file that
 * shrinks breaks the body off. It is read at positions, so that several parts of it can be read;
 * two reads at most are in memory. `close()` closes the file.
 */
export class FileBody implements SliceableBody {
  readonly #handle: FileHandle;
  readonly #size: number;
  #closed: Promise<void> | undefined;

  /** @param size the number of bytes that are sent. */
  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.slice(0, this.#size);
  }

  slice(start: number, end: number): AsyncIterableIterator<Uint8Array> {
    return new FileChunks(this.#handle, start, end);
  }

  /** Closes the file once, after a read that is under way. */
  close(): Promise<void> {
    this.#closed ??= this.#handle.close();
    return this.#closed;
  }
}

/** The chunks of a part of a file; while one is sent, the next is read. */
class FileChunks implements AsyncIterableIterator<Uint8Array> {
  readonly #handle: FileHandle;
  #position: number;
  #end: number;
  #ahead: Promise<Uint8Array> | undefined;

  constructor(handle: FileHandle, start: number, end: number) {
    this.#handle = handle;
    this.#position = start;
    this.#end = end;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#position >= this.#end) return DONE;
    const value = await (this.#ahead ?? this.#read());
    this.#position += value.length;
    this.#ahead = this.#position < this.#end ? this.#read() : undefined;
    // Whoever asks for it gets the error; nobody may ask.
    this.#ahead?.catch(() => undefined);
    return { done: false, value };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#end = 0;
    return DONE;
  }

  async #read(): Promise<Uint8Array> {
    const missing = this.#end - this.#position;
    // A buffer of its own: the chunk belongs to the server then.
    const buffer = Buffer.allocUnsafeSlow(Math.min(missing, READ_SIZE));
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#position);
    if (bytesRead === 0) throw new TruncatedBodyError(missing, 'The file');
    return buffer.subarray(0, bytesRead);
  }
}

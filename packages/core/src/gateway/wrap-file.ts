import { showParts } from '../datastructures/inspect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { type ByteContent, chunksOf } from '../streams/chunks-of.ts';

/** A file that is read at positions, as `FileHandle` of `node:fs/promises` is. */
export interface FileHandleLike {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** How `wrapFile` reads. */
export interface WrapFileOptions {
  /** The most bytes of a chunk that is read of a file, `Blob` or array. Default: 8192. */
  bufferSize?: number | undefined;
}

/**
 * A file as a response body: an open file, a `Blob`, bytes, or a stream, whose chunks are passed on
 * as they are. Closing the body closes the file.
 */
export function wrapFile(
  file: ByteContent | FileHandleLike,
  options: WrapFileOptions = {},
): FileWrapper {
  return new FileWrapper(file, options);
}

/** What `wrapFile` makes. */
export class FileWrapper implements AsyncIterable<Uint8Array> {
  static {
    showParts(FileWrapper, (wrapper) => {
      return { seekable: wrapper.seekable, position: wrapper.tell() };
    });
  }

  readonly #file: ByteContent | FileHandleLike;
  readonly #bufferSize: number;
  #position = 0;

  /** @throws ArgumentError when `bufferSize` is less than 1. */
  constructor(file: ByteContent | FileHandleLike, options: WrapFileOptions = {}) {
    const { bufferSize = 8192 } = options;
    if (!(bufferSize >= 1)) {
      throw new ArgumentError(`bufferSize is a number of bytes, 1 or more, not ${bufferSize}.`);
    }
    this.#file = file;
    this.#bufferSize = bufferSize;
  }

  /** Whether `seek` works: not on streams. */
  get seekable(): boolean {
    return isHandle(this.#file) || this.#file instanceof Blob || this.#file instanceof Uint8Array;
  }

  /**
   * Goes to a position, from which the chunks begin.
   *
   * @param position in bytes from the start.
   * @throws ArgumentError when the file is a stream.
   */
  seek(position: number): void {
    if (!this.seekable) throw new ArgumentError('A stream has no positions to seek.');
    this.#position = position;
  }

  /** How many bytes lie before the next chunk. */
  tell(): number {
    return this.#position;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    if (!this.seekable) {
      for await (const chunk of chunksOf(this.#file as ByteContent)) {
        this.#position += chunk.length;
        yield chunk;
      }
      return;
    }
    for (;;) {
      const chunk = await this.#readChunk();
      if (chunk.length === 0) return;
      this.#position += chunk.length;
      yield chunk;
    }
  }

  /** Closes the file, or ends the stream. */
  async close(): Promise<void> {
    const file = this.#file;
    if (isHandle(file)) return file.close();
    if (file instanceof ReadableStream) return file.locked ? undefined : file.cancel();
    if ('destroy' in file && typeof file.destroy === 'function') file.destroy();
  }

  async #readChunk(): Promise<Uint8Array> {
    const file = this.#file;
    const start = this.#position;
    const end = start + this.#bufferSize;
    if (file instanceof Uint8Array) return file.subarray(start, end);
    if (file instanceof Blob) return new Uint8Array(await file.slice(start, end).arrayBuffer());
    const buffer = new Uint8Array(this.#bufferSize);
    const { bytesRead } = await (file as FileHandleLike).read(buffer, 0, buffer.length, start);
    return buffer.subarray(0, bytesRead);
  }
}

function isHandle(file: ByteContent | FileHandleLike): file is FileHandleLike {
  return 'read' in file && 'close' in file && !(Symbol.asyncIterator in file);
}

import { RequestEntityTooLarge } from '@werkstatt/core';
import { openTemporaryFile } from '#platform';
import { SpoolError } from '../errors/wrapper-errors.ts';
import { checkLimit } from '../values/check-limit.ts';
import { GrowingBytes } from '../values/growing-bytes.ts';
import { type ContentSource, closedError, SpooledContent } from './spooled-content.ts';
import type { TemporaryFile } from './temporary-file.ts';

/** How many bytes are collected before they are written to the disk. */
const BATCH = 262_144;

/** What a `Spool` can hold, and where. */
export interface SpoolOptions {
  /**
   * How many bytes the files of a form keep in memory together; with more, they go to a temporary
   * file. Default: 524,288 (512 KiB). A larger one lets as many clients as there are connections
   * take that much memory each.
   */
  spoolThreshold?: number | undefined;
  /**
   * How many bytes they may have where there is no disk, as on some edge platforms. Default:
   * 16,777,216 (16 MiB). Without it, a few large uploads take all the memory there is.
   */
  maxSpoolMemory?: number | undefined;
  /** Makes the temporary file; `undefined` when there is no disk. Default: the platform's way. */
  openFile?: (() => Promise<TemporaryFile> | undefined) | undefined;
}

/**
 * Where the files of one form are kept: one after the other in memory, and from a size on in one
 * temporary file, so that a thousand of them take one descriptor.
 *
 * Everything written has its place in one row of bytes, of which the first part is on the disk and
 * the rest in memory; so contents needn't know where they are.
 */
export class Spool implements ContentSource {
  readonly #threshold: number;
  readonly #maxMemory: number;
  readonly #openFile: () => Promise<TemporaryFile> | undefined;
  #file: TemporaryFile | undefined;
  /** How many bytes are on the disk. */
  #written = 0;
  /** The bytes after those. */
  #buffer: GrowingBytes = new GrowingBytes();
  readonly #open: Set<SpooledContent> = new Set();
  #sealed = false;
  #closed: Promise<void> | undefined;

  /** @throws ArgumentError when a limit is negative or no number. */
  constructor(options: SpoolOptions = {}) {
    const { spoolThreshold = 524_288, maxSpoolMemory = 16_777_216 } = options;
    this.#threshold = checkLimit('spoolThreshold', spoolThreshold);
    this.#maxMemory = checkLimit('maxSpoolMemory', maxSpoolMemory);
    this.#openFile = options.openFile ?? openTemporaryFile;
  }

  /** How many bytes have been written. */
  get size(): number {
    return this.#written + this.#buffer.length;
  }

  /** Whether any of it is on the disk. */
  get isOnDisk(): boolean {
    return this.#file !== undefined;
  }

  /**
   * Writes bytes, which are copied: memory at once, the disk as a promise to be awaited before the
   * next write.
   *
   * @throws SpoolError when the disk fails.
   * @throws RequestEntityTooLarge for more than `maxSpoolMemory` bytes without a disk.
   */
  write(bytes: Uint8Array): void | Promise<void> {
    const limit = this.#file === undefined ? this.#threshold : BATCH;
    if (this.#buffer.length + bytes.length > limit) return this.#overflow(bytes);
    this.#buffer.append(bytes);
  }

  /** A part of what was written, as the content of a file. */
  contentOf(start: number, size: number): SpooledContent {
    const content = new SpooledContent(this, start, size);
    this.#open.add(content);
    return content;
  }

  /**
   * Reads bytes that were written, at most up to `size`.
   *
   * @throws SpoolError when the disk fails, or the spool is closed.
   */
  async read(position: number, size: number): Promise<Uint8Array> {
    if (this.#closed) throw closedError();
    const inMemory = position - this.#written;
    if (inMemory >= 0) return this.#buffer.slice(inMemory, inMemory + size);
    const bytes = new Uint8Array(Math.min(size, -inMemory));
    const count = await this.#disk('read', (file) => file.read(bytes, position));
    if (count === bytes.length) return bytes;
    throw new SpoolError(
      `A temporary file for uploads ended ${bytes.length - count} bytes early: something has cut it. Look at what tidies up the folder for temporary files.`,
    );
  }

  /** Says that no more files come: the spool is closed as soon as the last content is. */
  async seal(): Promise<void> {
    this.#sealed = true;
    if (this.#open.size === 0) await this.close();
  }

  /** Takes note that a content is closed. */
  async release(content: SpooledContent): Promise<void> {
    this.#open.delete(content);
    if (this.#sealed && this.#open.size === 0) await this.close();
  }

  /** Gives everything up. A second call does no harm. */
  close(): Promise<void> {
    this.#closed ??= this.#giveUp();
    return this.#closed;
  }

  async #giveUp(): Promise<void> {
    this.#buffer = new GrowingBytes();
    this.#open.clear();
    await this.#file?.close();
  }

  /** Writes what lies in memory to the disk first: the order of the bytes stays. */
  async #overflow(bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw closedError();
    if (this.#file === undefined && !(await this.#moveToDisk())) return this.#keep(bytes);
    await this.#flush(this.#buffer.view());
    if (this.#closed) throw closedError();
    // Both at once: a read in between would look for the bytes in the wrong place.
    this.#written += this.#buffer.length;
    this.#buffer.clear(BATCH);
    if (bytes.length < BATCH) return this.#buffer.append(bytes);
    await this.#flush(bytes);
    this.#written += bytes.length;
  }

  async #flush(bytes: Uint8Array): Promise<void> {
    await this.#disk('written', (file) => file.write(bytes, this.#written));
  }

  /** Opens the file; `false` when there is no disk. */
  async #moveToDisk(): Promise<boolean> {
    try {
      this.#file = await this.#openFile();
    } catch (cause) {
      throw diskError('opened', cause);
    }
    if (this.#closed) {
      await this.#file?.close();
      throw closedError();
    }
    return this.#file !== undefined;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#buffer.length + bytes.length > this.#maxMemory) {
      throw new RequestEntityTooLarge(
        `The files of the form have more than the ${this.#maxMemory} bytes allowed here.`,
      );
    }
    this.#buffer.append(bytes);
  }

  async #disk<T>(what: string, use: (file: TemporaryFile) => Promise<T>): Promise<T> {
    try {
      return await use(this.#file!);
    } catch (cause) {
      throw this.#closed ? closedError() : diskError(what, cause);
    }
  }
}

function diskError(what: string, cause: unknown): SpoolError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpoolError(
    `The temporary file for uploads could not be ${what}: ${reason}. See to the disk, or have TMPDIR name another folder.`,
    { cause },
  );
}

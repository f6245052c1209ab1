import { Headers, type HeadersInit } from '../datastructures/headers.ts';
import { showParts } from '../datastructures/inspect.ts';
import { FileClosedError } from '../errors/file-closed-error.ts';
import { bodyToStream } from '../fetch/body-to-stream.ts';
import { parseOptionsHeader } from '../http/parse-options-header.ts';
import { concatBytes, NO_BYTES } from '../streams/bytes.ts';
import { type ByteContent, chunksOf, sizeOf } from '../streams/chunks-of.ts';

const NOT_A_NAME = /^<.*>$/s;
const DIGITS = /^[0-9]+$/;

/** What is known of a file beside its content. */
export interface FileStorageOptions {
  /** The name that the client gives the file; by default that of a `File`. */
  filename?: string | null | undefined;
  /** The name of the form's field. */
  name?: string | null | undefined;
  /** The media type with its parameters. */
  contentType?: string | null | undefined;
  /** In bytes. */
  contentLength?: number | null | undefined;
  /** The header fields of the part. Kept, not copied, if they are a `Headers`. */
  headers?: Headers | HeadersInit | undefined;
}

/** How a file is saved. */
export interface SaveOptions {
  /** Leaves the destination open at the end. Default: false. */
  preventClose?: boolean | undefined;
}

/**
 * An uploaded file: bytes, a `Blob`, or a stream, with what the client tells of it. All of that is
 * the client's word; `secureFilename` makes a name of `filename` that can be stored.
 */
export class FileStorage implements AsyncIterable<Uint8Array> {
  static {
    showParts(FileStorage, ({ filename, name, contentType, size, closed }) => {
      return { filename, name, contentType, size, closed };
    });
  }

  readonly #content: ByteContent;
  #closed = false;
  /** The name that the client gives the file; `null` when it gives none. */
  filename: string | null;
  /** The name of the form's field. */
  name: string | null;
  /** The header fields of the part. */
  readonly headers: Headers;

  /** @param content default: nothing. */
  constructor(content: ByteContent | null = null, options: FileStorageOptions = {}) {
    this.#content = content ?? NO_BYTES;
    this.name = options.name ?? null;
    this.filename = options.filename ?? nameOf(this.#content);
    this.headers =
      options.headers instanceof Headers ? options.headers : new Headers(options.headers);
    const contentType = options.contentType ?? null;
    if (contentType !== null) this.headers.set('Content-Type', contentType);
    const length = options.contentLength ?? null;
    if (length !== null) this.headers.set('Content-Length', length);
  }

  /** What holds the file, or gives it. */
  get content(): ByteContent {
    return this.#content;
  }

  /** Whether a file was chosen: without one, browsers send an empty name. */
  get hasFile(): boolean {
    return this.filename !== null && this.filename !== '';
  }

  /** Whether `close` was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /** How many bytes the file has; `null` when that is known at its end only. */
  get size(): number | null {
    return sizeOf(this.#content);
  }

  /** The header `Content-Type`; `null` when there is none. */
  get contentType(): string | null {
    return this.headers.get('Content-Type', null);
  }

  /** The header `Content-Length`, 0 when there is none: browsers send none. See `size`. */
  get contentLength(): number {
    const stated = this.headers.get('Content-Length', '');
    return DIGITS.test(stated) ? Number(stated) : 0;
  }

  /** The media type in lower case, without parameters; `''` when there is none. */
  get mimetype(): string {
    return parseOptionsHeader(this.contentType)[0].toLowerCase();
  }

  /** The parameters of the media type, in an object without a prototype. */
  get mimetypeParams(): Record<string, string> {
    return parseOptionsHeader(this.contentType)[1];
  }

  /**
   * The whole file. Of a stream, this and the others work once.
   *
   * @throws FileClosedError after `close()`, as all that follows does.
   */
  async bytes(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this) pieces.push(piece);
    return concatBytes(pieces);
  }

  /** The whole file as text; what is not UTF-8 becomes U+FFFD. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** The file as a stream of the platform, which is read no faster than it is asked for. */
  stream(): ReadableStream<Uint8Array> {
    return bodyToStream(this[Symbol.asyncIterator]());
  }

  /** The whole file as a `File` of the platform. */
  async toFile(): Promise<File> {
    const bytes = (await this.bytes()) as Uint8Array<ArrayBuffer>;
    return new File([bytes], this.filename ?? '', { type: this.contentType ?? '' });
  }

  /** The file in chunks. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#closed) throw new FileClosedError(this.filename);
    yield* chunksOf(this.#content);
  }

  /**
   * Writes the file to a stream, as fast as that takes it. When something fails, the stream is
   * aborted with the error, so that a part of a file never looks like the whole.
   */
  async save(destination: WritableStream<Uint8Array>, options: SaveOptions = {}): Promise<void> {
    const writer = destination.getWriter();
    try {
      for await (const chunk of this) {
        await writer.ready;
        await writer.write(chunk);
      }
      if (options.preventClose !== true) await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
      throw error;
    } finally {
      writer.releaseLock();
    }
  }

  /** Ends a stream and frees what holds the file; reading is an error afterwards. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const content = this.#content as ByteContent & Partial<Closable>;
    if (content instanceof ReadableStream) {
      if (!content.locked) await content.cancel();
    } else if (typeof content.close === 'function') {
      await content.close();
    } else if (typeof content.destroy === 'function') {
      content.destroy();
    }
  }
}

/** Content that has something to free: a temporary file, a stream of Node's. */
interface Closable {
  close(): void | Promise<void>;
  destroy(): void;
}

/** The name of a `File`, or of a file that a stream reads; names like `<stdin>` are none. */
function nameOf(content: object): string | null {
  const name = 'name' in content ? content.name : null;
  return typeof name === 'string' && !NOT_A_NAME.test(name) ? name : null;
}

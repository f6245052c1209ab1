import {
  ChunkInput,
  type InputStream,
  LimitedStream,
  RequestEntityTooLarge,
} from '@werkstatt/core';
import { BodyConsumedError, RequestClosedError } from '../errors/wrapper-errors.ts';
import { ownBytes } from '../values/bytes.ts';
import { checkLimit } from '../values/check-limit.ts';
import { LazyInput } from './lazy-input.ts';

/** Where a body comes from. */
export interface BodySource {
  /** Opens the input, for so many bytes at most; called when it is first read, and once. */
  readonly open: (limit: number) => InputStream;
  /** How many bytes there will be, if that is known. */
  readonly length: number | undefined;
  /** Whether the request is over. */
  readonly isOver: () => boolean;
}

/**
 * A request's body. It arrives once: either it is kept in memory, and then there for everyone who
 * asks, or one reader takes it, and then nobody else gets it.
 */
export class RequestBody {
  readonly #source: BodySource;
  #input: InputStream | undefined;
  /** The body that is kept; it may be a part of a buffer until somebody asks for it as bytes. */
  #bytes: Promise<Uint8Array> | undefined;
  #own: Uint8Array | undefined;
  #stream: InputStream | undefined;
  #takenBy: string | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** How many bytes there will be, if that is known. */
  get length(): number | undefined {
    return this.#source.length;
  }

  /** Whether a reader had the body for itself, or had it kept. */
  get isTaken(): boolean {
    return this.#takenBy !== undefined;
  }

  /**
   * The body as it arrives, or as it was kept. The first read takes it.
   *
   * @throws BodyConsumedError when another reader has taken it.
   */
  get stream(): InputStream {
    if (!this.#stream) {
      if (!this.#bytes) {
        this.#checkTaken();
        this.#opened();
      }
      this.#stream = this.take('`request.stream`');
    }
    return this.#stream;
  }

  /**
   * The whole body, read on the first call and kept.
   *
   * @throws RequestEntityTooLarge if it has more than `limit` bytes; nothing is read if its length
   * was declared.
   * @throws BodyConsumedError when a reader has taken it.
   */
  async bytes(limit: number): Promise<Uint8Array> {
    const bytes = await this.view(limit);
    if (this.#own === undefined) {
      // What is handed out shares no buffer, and keeps none alive that is larger than the body.
      this.#own = ownBytes(bytes);
      this.#bytes = Promise.resolve(this.#own);
    }
    return this.#own;
  }

  /** As `bytes()`, to be decoded and not handed out: it may share its buffer with other requests. */
  async view(limit: number): Promise<Uint8Array> {
    if (!this.#bytes) {
      this.#checkTaken();
      this.#checkLength(limit);
      this.#bytes = this.#readAll(limit);
    }
    const bytes = await this.#bytes;
    if (bytes.length > limit) throw tooLarge(limit);
    return bytes;
  }

  /** As `bytes()`; `reader` has taken the body unless it was kept before. */
  async keepFor(reader: string, limit: number): Promise<Uint8Array> {
    const wasKept = this.#bytes !== undefined;
    const bytes = this.bytes(limit);
    if (!wasKept && this.#bytes) this.#takenBy = reader;
    return bytes;
  }

  /** As `bytes()`, but that they are not kept unless they were before. */
  async bytesFor(reader: string, limit: number): Promise<Uint8Array> {
    if (this.#bytes) return this.bytes(limit);
    this.#checkLength(limit);
    return ownBytes(await readAtMost(this.take(reader), limit));
  }

  /**
   * The body for one reader, who takes it by the first read. If it is kept by then, there is enough
   * for everyone. Reads throw `BodyConsumedError` when another has taken it.
   *
   * @param reader a name for it, to be told to those who come late.
   */
  take(reader: string): InputStream {
    let input: InputStream | undefined;
    return new LazyInput(() => {
      if (this.#source.isOver()) throw requestOver();
      input ??= this.#openFor(reader);
      return input;
    });
  }

  #openFor(reader: string): InputStream {
    if (this.#bytes) return new ChunkInput(whenThere(this.#bytes));
    this.#checkTaken();
    const input = this.#opened();
    this.#takenBy = reader;
    return input;
  }

  #checkLength(limit: number): void {
    const { length } = this.#source;
    if (length !== undefined && length > limit) throw tooLarge(limit);
  }

  #opened(limit: number = Number.POSITIVE_INFINITY): InputStream {
    if (this.#source.isOver()) throw requestOver();
    this.#input ??= this.#source.open(limit);
    return this.#input;
  }

  /** What nobody has begun to read is opened for so many bytes, which saves a layer. */
  #readAll(limit: number): Promise<Uint8Array> {
    checkLimit('maxBufferSize', limit);
    return this.#input ? readAtMost(this.#opened(), limit) : this.#opened(limit).read();
  }

  #checkTaken(): void {
    if (this.#takenBy === undefined) return;
    throw new BodyConsumedError(
      `The body of this request was read by ${this.#takenBy}, which does not keep it. ` +
        'Call `await request.bytes()` before that: it keeps the body for all that follows.',
    );
  }
}

/** The bytes of an input: as many as `limit`, and one more tells of an excess. */
function readAtMost(input: InputStream, limit: number): Promise<Uint8Array> {
  if (limit === Number.POSITIVE_INFINITY) return input.read();
  return new LimitedStream(input, limit, { isMax: true }).read();
}

async function* whenThere(bytes: Promise<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  // It may be a part of a buffer that others write to.
  yield ownBytes(await bytes);
}

function requestOver(): RequestClosedError {
  return new RequestClosedError(
    'The request is over, and its body gone. Read it before the response has ended.',
  );
}

function tooLarge(limit: number): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    `The request body has more than the ${limit} bytes allowed here.`,
  );
}

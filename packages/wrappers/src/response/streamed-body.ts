import type { BodyChunk, StreamSource } from './body-source.ts';
import { type CloseCallback, closeAll } from './close-all.ts';
import { encodeChunk } from './encode.ts';

/** The body of a response that streams; `close()` has to be called, however it ended. */
export type StreamedBody = SyncStreamedBody | AsyncStreamedBody;

/**
 * Makes the body for a source: it encodes what the source yields. However the body ends, the source
 * is given up exactly once, and `onClose` runs after that. A synchronous source stays synchronous.
 */
export function streamedBody(source: StreamSource, onClose?: CloseCallback): StreamedBody {
  return Symbol.asyncIterator in source
    ? new AsyncStreamedBody(source, onClose)
    : new SyncStreamedBody(source, onClose);
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

class SyncStreamedBody implements IterableIterator<Uint8Array> {
  readonly #iterator: Iterator<BodyChunk>;
  readonly #end: SourceEnd;

  constructor(source: Iterable<BodyChunk>, onClose: CloseCallback | undefined) {
    this.#iterator = source[Symbol.iterator]();
    this.#end = new SourceEnd(source, this.#iterator, onClose);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Uint8Array, undefined> {
    if (this.#end.reached) {
      return DONE;
    }
    const result = this.#iterator.next();
    if (result.done) {
      this.#end.reached = true;
      return DONE;
    }
    return { done: false, value: encodeChunk(result.value) };
  }

  return(): IteratorReturnResult<undefined> {
    this.#end.giveUp();
    return DONE;
  }

  close(): void | Promise<void> {
    return this.#end.close();
  }
}

class AsyncStreamedBody implements AsyncIterableIterator<Uint8Array> {
  readonly #iterator: AsyncIterator<BodyChunk>;
  readonly #end: SourceEnd;

  constructor(source: AsyncIterable<BodyChunk>, onClose: CloseCallback | undefined) {
    this.#iterator = isReadableStream(source)
      ? readableStreamIterator(source)
      : source[Symbol.asyncIterator]();
    this.#end = new SourceEnd(source, this.#iterator, onClose);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#end.reached) {
      return DONE;
    }
    let result: IteratorResult<BodyChunk>;
    try {
      result = await this.#iterator.next();
    } catch (error) {
      // A Node stream that is destroyed says so to a read that waits.
      if (this.#end.reached && isPrematureClose(error)) return DONE;
      throw error;
    }
    if (result.done) {
      this.#end.reached = true;
      return DONE;
    }
    return { done: false, value: encodeChunk(result.value) };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.#end.giveUp();
    return DONE;
  }

  close(): void | Promise<void> {
    return this.#end.close();
  }
}

/** The end of a source, by itself or by being given up. */
class SourceEnd {
  readonly #source: StreamSource & { close?(): unknown; destroy?(): unknown };
  readonly #iterator: { return?(): unknown };
  readonly #onClose: CloseCallback | undefined;
  #closed = false;
  /** Whether nothing more is to be asked of the source. */
  reached = false;

  constructor(
    source: StreamSource,
    iterator: { return?(): unknown },
    onClose: CloseCallback | undefined,
  ) {
    this.#source = source;
    this.#iterator = iterator;
    this.#onClose = onClose;
  }

  giveUp(): unknown {
    if (this.reached) {
      return;
    }
    this.reached = true;
    // The iterator of a Node stream can't return while a read waits; `destroy()` ends both.
    return this.#source.destroy ? this.#source.destroy() : this.#iterator.return?.();
  }

  close(): void | Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    return closeAll([() => this.giveUp(), () => this.#source.close?.(), () => this.#onClose?.()]);
  }
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function isReadableStream(source: object): source is ReadableStream<BodyChunk> {
  return 'getReader' in source;
}

/** As a stream's own iterator, but that `return()` cancels the stream also while a read waits. */
function readableStreamIterator(stream: ReadableStream<BodyChunk>): AsyncIterator<BodyChunk> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<BodyChunk>>,
    return: async () => {
      await reader.cancel();
      return DONE;
    },
  };
}

import { type CloseCallback, closeAll } from '@werkstatt/core';
import { DONE } from '../values/done.ts';
import type { BodyChunk, StreamSource } from './body-source.ts';
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

class SyncStreamedBody implements IterableIterator<Uint8Array> {
  readonly #end: SourceEnd<Iterator<BodyChunk>>;

  constructor(source: Iterable<BodyChunk>, onClose: CloseCallback | undefined) {
    this.#end = new SourceEnd(source, () => source[Symbol.iterator](), onClose);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Uint8Array, undefined> {
    if (this.#end.reached) {
      return DONE;
    }
    const result = this.#end.iterator.next();
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
  readonly #end: SourceEnd<AsyncIterator<BodyChunk>>;

  constructor(source: AsyncIterable<BodyChunk>, onClose: CloseCallback | undefined) {
    this.#end = new SourceEnd(source, () => asyncIteratorOf(source), onClose);
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
      result = await this.#end.iterator.next();
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

/** A source from its first chunk to its end, by itself or by being given up. */
class SourceEnd<I extends { return?(): unknown }> {
  readonly #source: StreamSource & { close?(): unknown; destroy?(): unknown };
  readonly #open: () => I;
  readonly #onClose: CloseCallback | undefined;
  #iterator: I | undefined;
  #closed = false;
  /** Whether nothing more is to be asked of the source. */
  reached = false;

  constructor(source: StreamSource, open: () => I, onClose: CloseCallback | undefined) {
    this.#source = source;
    this.#open = open;
    this.#onClose = onClose;
  }

  /** Made on first use: a source that has none then fails as one that breaks off, and is closed. */
  get iterator(): I {
    if (this.#iterator === undefined) {
      this.reached = true;
      this.#iterator = this.#open();
      this.reached = false;
    }
    return this.#iterator;
  }

  giveUp(): unknown {
    if (this.reached) {
      return;
    }
    // The iterator of a Node stream can't return while a read waits; `destroy()` ends both.
    const { destroy } = this.#source;
    const iterator = destroy ? undefined : this.iterator;
    this.reached = true;
    return destroy ? destroy.call(this.#source) : iterator?.return?.();
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

function asyncIteratorOf(source: AsyncIterable<BodyChunk>): AsyncIterator<BodyChunk> {
  return isReadableStream(source) ? readableStreamIterator(source) : source[Symbol.asyncIterator]();
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

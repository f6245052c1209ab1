import type { Body, Environ, GatewayApp, HeaderList, StartResponse } from '../protocol.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { DONE, iteratorOf } from './iterator-of.ts';

/** Bytes that an application may write ahead before `write()` asks it to wait. */
const HIGH_WATER = 65_536;

/** A body that is read chunk by chunk, and closed by who reads it. */
export type AnswerBody = AsyncIterableIterator<Uint8Array> & { close(): Promise<void> };

/** What an application answered. */
export interface AppAnswer {
  readonly status: string;
  readonly headers: HeaderList;
  /** The chunks if the app gave a list of them, which is closed already; else a body to be read. */
  readonly body: Uint8Array[] | AnswerBody;
}

/**
 * Runs an application as a server would, up to the point where its head is known: an app may start
 * the response as late as with its first chunk. What it writes can be read while it is still at
 * work, and the promise of `write()` holds it back while nobody reads.
 *
 * A body that is no list has to be closed, read or not; if it isn't read to its end, `return()` of
 * it comes first.
 *
 * @throws what the application throws; an Error if it starts the response never, or twice.
 */
export async function runApp(app: GatewayApp, environ: Environ): Promise<AppAnswer> {
  const run = new AppRun();
  const result = app(environ, run.startResponse);
  return run.answer(result);
}

/** One run of an application: what it writes, and what its body gives, in that order. */
class AppRun implements AsyncIterableIterator<Uint8Array> {
  readonly #queue: ChunkQueue = new ChunkQueue();
  #head: { status: string; headers: HeaderList } | undefined;
  #isHeadOut = false;
  #result: Body | Promise<Body> | undefined;
  #iterator: Iterator<Uint8Array> | AsyncIterator<Uint8Array> | undefined;
  #step: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;
  #ended = false;
  #closed = false;
  #wakeReader: () => void = () => {};
  #wakeWriters: (() => void)[] = [];

  readonly startResponse: StartResponse = (status, headers, error) => {
    if (this.#isHeadOut && error !== undefined) throw error;
    if (this.#head && error === undefined) {
      throw new Error('startResponse() was called twice; pass the error that made it necessary.');
    }
    this.#head = { status, headers };
    return (chunk) => this.#write(chunk);
  };

  async answer(result: Body | Promise<Body>): Promise<AppAnswer> {
    this.#result = result;
    if (result instanceof Promise) {
      result.catch(() => {}); // It is thrown where it is awaited, or nobody is left to hear of it.
      await Promise.race([result, this.#arrival()]);
      if (!this.#queue.isEmpty) return this.#answerWith(this);
    }
    const body = await result;
    this.#result = body;
    if (this.#head && Array.isArray(body)) {
      await (body as Body).close?.();
      return this.#answerWith([...this.#queue.takeAll(), ...body]);
    }
    return this.#answerWith(await this.#untilHead());
  }

  #answerWith(body: AppAnswer['body']): AppAnswer {
    this.#isHeadOut = true;
    return { ...this.#head!, body };
  }

  async #untilHead(): Promise<this> {
    if (!this.#head) await this.#advance();
    if (this.#head) return this;
    const failure = this.#failure ?? { error: notStarted() };
    await this.return();
    await this.close();
    throw failure.error;
  }

  #write(chunk: Uint8Array): void | Promise<void> {
    if (this.#closed) return;
    if (this.#ended) throw new Error('write() was called after the end of the body.');
    this.#queue.push(chunk);
    this.#wakeReader();
    if (this.#queue.byteLength <= HIGH_WATER || !this.#result) return;
    return new Promise((resolve) => this.#wakeWriters.push(resolve));
  }

  #arrival(): Promise<void> {
    if (!this.#queue.isEmpty) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeReader = resolve;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#queue.shift();
      if (chunk) {
        if (this.#queue.byteLength <= HIGH_WATER) this.#releaseWriters();
        return { done: false, value: chunk };
      }
      if (this.#ended) return this.#end();
      this.#step ??= this.#advance();
      await Promise.race([this.#step, this.#arrival()]);
    }
  }

  /** Takes one more chunk of the body, or finds its end; what is written meanwhile precedes it. */
  async #advance(): Promise<void> {
    try {
      this.#iterator ??= iteratorOf(await this.#result!);
      const next = await this.#iterator.next();
      if (next.done) this.#ended = true;
      else this.#queue.push(next.value);
    } catch (error) {
      this.#failure = { error };
      this.#ended = true;
    }
    this.#step = undefined;
  }

  #end(): IteratorReturnResult<undefined> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
    return DONE;
  }

  #releaseWriters(): void {
    const writers = this.#wakeWriters;
    this.#wakeWriters = [];
    for (const wake of writers) wake();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    const isOver = this.#ended;
    this.#ended = true;
    this.#queue.takeAll();
    this.#wakeReader();
    if (!isOver) await this.#iterator?.return?.();
    return DONE;
  }

  /** Closes the body; one that the application has not returned yet is closed when it comes. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#releaseWriters();
    if (this.#iterator || !(this.#result instanceof Promise)) await (await this.#result)?.close?.();
    else void this.#result.then((body) => body.close?.()).catch(() => {});
  }
}

function notStarted(): Error {
  return new Error('The application gave a chunk, or ended, without calling startResponse().');
}

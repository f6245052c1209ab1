import { awaitedLate } from '../values/awaited-late.ts';
import { NO_BYTES } from '../values/bytes.ts';
import { DONE } from '../values/done.ts';

/** What is pulled out of a channel: a chunk, or its end. */
export type Taken = IteratorResult<Uint8Array, undefined>;

/** How a channel ended: as it should, by an error for who takes, or given up by who takes. */
type Outcome =
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'gone'; readonly error: unknown };

/** Places of taken chunks are swept out once there are that many, and as many as chunks. */
const SWEEP = 64;

/**
 * Chunks on their way from one who writes to one who takes them, in order. What was not taken yet
 * waits here; above the high-water mark `put()` says so by a promise.
 *
 * Promises that reject for who writes need not be looked at: that a client left is no mistake.
 */
export class ChunkChannel {
  readonly #highWaterMark: number;
  #chunks: Uint8Array[] = [];
  /** Where the chunk stands that is taken next: `shift()` would move all the others. */
  #next = 0;
  #waiting = 0;
  #takers: PromiseWithResolvers<Taken>[] = [];
  #room: PromiseWithResolvers<void> | undefined;
  #empty: PromiseWithResolvers<void> | undefined;
  #outcome: Outcome | undefined;

  /** @param highWaterMark how many bytes may wait before `put()` asks for patience. */
  constructor(highWaterMark: number) {
    this.#highWaterMark = highWaterMark;
  }

  /** How many bytes wait to be taken. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether nothing more is let in. */
  get ended(): boolean {
    return this.#outcome !== undefined;
  }

  /**
   * Adds a chunk, which belongs to the channel from now on; after the end it is lost. A promise
   * resolves once no more than the high-water mark waits, and rejects when the channel failed or
   * was given up.
   */
  put(chunk: Uint8Array): Promise<void> | undefined {
    const outcome = this.#outcome;
    if (outcome !== undefined) return refusal(outcome);
    const taker = chunk.length === 0 ? undefined : this.#takers.shift();
    if (taker !== undefined) {
      taker.resolve({ done: false, value: chunk });
    } else if (chunk.length > 0) {
      this.#chunks.push(chunk);
      this.#waiting += chunk.length;
    }
    if (this.#waiting <= this.#highWaterMark) return undefined;
    this.#room ??= resolversAwaitedLate();
    return this.#room.promise;
  }

  /** Resolves once nothing waits to be taken; rejects as the promise of `put()` does. */
  async flush(): Promise<void> {
    if (this.#outcome !== undefined) await refusal(this.#outcome);
    if (this.#waiting === 0) return;
    this.#empty ??= resolversAwaitedLate();
    await this.#empty.promise;
  }

  /** Takes a chunk, as soon as there is one. After the last one comes the end, or the error. */
  async take(): Promise<Taken> {
    const chunk = this.#chunks[this.#next];
    if (chunk !== undefined) return { done: false, value: this.#shift(chunk) };
    const outcome = this.#outcome;
    if (outcome === undefined) {
      const taker = Promise.withResolvers<Taken>();
      this.#takers.push(taker);
      return taker.promise;
    }
    if (outcome.kind === 'failed') throw outcome.error;
    return DONE;
  }

  /** The end, after what waits. Without effect once the channel ended. */
  close(): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { kind: 'closed' };
    for (const taker of this.#takers.splice(0)) taker.resolve(DONE);
  }

  /** An error for who takes, after what waits. Without effect once the channel ended. */
  fail(error: unknown): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { kind: 'failed', error };
    this.#refuse(error);
    for (const taker of this.#takers.splice(0)) taker.reject(error);
  }

  /** Nothing more is taken: what waits is forgotten, and `error` is for who writes. */
  giveUp(error: unknown): void {
    this.#outcome ??= { kind: 'gone', error };
    this.forget();
    this.#refuse(error);
    for (const taker of this.#takers.splice(0)) taker.resolve(DONE);
  }

  /** Forgets what waits. */
  forget(): void {
    this.#chunks = [];
    this.#next = 0;
    this.#waiting = 0;
  }

  #shift(chunk: Uint8Array): Uint8Array {
    this.#chunks[this.#next++] = NO_BYTES;
    if (this.#next >= SWEEP && this.#next * 2 >= this.#chunks.length) {
      this.#chunks.splice(0, this.#next);
      this.#next = 0;
    }
    this.#waiting -= chunk.length;
    if (this.#waiting <= this.#highWaterMark) {
      this.#room?.resolve();
      this.#room = undefined;
    }
    if (this.#waiting === 0) {
      this.#empty?.resolve();
      this.#empty = undefined;
    }
    return chunk;
  }

  #refuse(error: unknown): void {
    this.#room?.reject(error);
    this.#empty?.reject(error);
    this.#room = undefined;
    this.#empty = undefined;
  }
}

function refusal(outcome: Outcome): Promise<void> | undefined {
  return outcome.kind === 'closed' ? undefined : awaitedLate(Promise.reject(outcome.error));
}

function resolversAwaitedLate(): PromiseWithResolvers<void> {
  const resolvers = Promise.withResolvers<void>();
  awaitedLate(resolvers.promise);
  return resolvers;
}

import { encodeText } from '../response/encode.ts';
import { DONE } from '../values/done.ts';

/** What is pulled out of a body. */
type Pulled = IteratorResult<Uint8Array, undefined>;

/** A body whose chunks can be waited for. */
export interface PulledBody {
  next(): Pulled | Promise<Pulled>;
  return(): unknown;
  close(): void | Promise<void>;
}

/** A comment, which clients skip (WHATWG HTML, section 9.2.5). */
export const HEARTBEAT = ':\n\n';

/**
 * A body of events that never is silent for long: it begins with a chunk of its own, so that the
 * client sees at once that it is connected, and has a comment in place of each event that keeps the
 * server waiting. The timer runs only while the server waits for a chunk, thus not while the client
 * is slow to read.
 */
export class KeptAliveBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: PulledBody;
  readonly #interval: number;
  #opening: string | undefined;
  #pulling = false;
  /** What the source gave while nobody waited for it. */
  #arrived: Promise<Pulled> | undefined;
  #waiter: PromiseWithResolvers<Pulled> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** @param interval milliseconds of silence; `Infinity` for no heartbeat. */
  constructor(source: PulledBody, opening: string, interval: number) {
    this.#source = source;
    this.#opening = opening;
    this.#interval = interval;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next chunk; one at a time, as servers pull. */
  next(): Promise<Pulled> {
    if (this.#ended) return Promise.resolve(DONE);
    const opening = this.#opening;
    if (opening !== undefined) {
      this.#opening = undefined;
      return Promise.resolve({ done: false, value: encodeText(opening) });
    }
    const arrived = this.#arrived;
    if (arrived !== undefined) {
      this.#arrived = undefined;
      return arrived;
    }
    const waiter = Promise.withResolvers<Pulled>();
    this.#waiter = waiter;
    if (!this.#pulling) void this.#pull();
    if (this.#interval !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#beat(), this.#interval);
    }
    return waiter.promise;
  }

  /** Gives the source up. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#end();
    await this.#source.return();
    return DONE;
  }

  /** Gives the source up, if that was not done, and closes it. */
  close(): void | Promise<void> {
    this.#end();
    return this.#source.close();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    const pulled = pull(this.#source);
    try {
      await pulled;
    } catch {
      // It is for who waits, or will.
    }
    this.#pulling = false;
    clearTimeout(this.#timer);
    if (this.#waiter === undefined) {
      this.#arrived = pulled;
      return;
    }
    this.#waiter.resolve(pulled);
    this.#waiter = undefined;
  }

  #beat(): void {
    this.#waiter?.resolve({ done: false, value: encodeText(HEARTBEAT) });
    this.#waiter = undefined;
  }

  /** Who waits hears from the source, which may have an error to tell. */
  #end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}

async function pull(source: PulledBody): Promise<Pulled> {
  return source.next();
}

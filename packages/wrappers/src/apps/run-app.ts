import type { Body, Environ, GatewayApp, HeaderList, StartResponse } from '@werkstatt/core';

/** What an application answered. */
export interface AppAnswer {
  readonly status: string;
  readonly headers: HeaderList;
  /** The chunks if the app gave a list of them, which is closed already; else a body to be read. */
  readonly body: Uint8Array[] | (AsyncIterable<Uint8Array> & { close(): void | Promise<void> });
}

/**
 * Runs an application as a server would, up to the point where its head is known: an app may start
 * the response as late as with its first chunk.
 *
 * @throws what the application throws; an Error if it starts the response never, or twice.
 */
export async function runApp(app: GatewayApp, environ: Environ): Promise<AppAnswer> {
  let head: { status: string; headers: HeaderList } | undefined;
  const chunks: Uint8Array[] = [];
  const startResponse: StartResponse = (status, headers, error) => {
    if (head && error === undefined) {
      throw new Error('startResponse() was called twice; pass the error that made it necessary.');
    }
    head = { status, headers };
    return (chunk) => {
      chunks.push(chunk);
    };
  };
  const body: Body = await app(environ, startResponse);
  if (head && Array.isArray(body)) {
    chunks.push(...body);
    await (body as Body).close?.();
    return { ...head, body: chunks };
  }
  const rest = new RestOfBody(body, chunks);
  try {
    while (!head && (await rest.pull()));
    if (!head) throw new Error('The application ended without calling startResponse().');
    return { ...head, body: rest };
  } catch (error) {
    await rest.return();
    await rest.close();
    throw error;
  }
}

/** A body with the chunks that came ahead of it: those written, and those already pulled. */
class RestOfBody implements AsyncIterableIterator<Uint8Array> {
  readonly #body: Body;
  readonly #iterator: Iterator<Uint8Array> | AsyncIterator<Uint8Array>;
  /** What is written during a pull gets in here before the chunk that is pulled. */
  readonly #ahead: Uint8Array[];
  #ended = false;

  constructor(body: Body, ahead: Uint8Array[]) {
    this.#body = body;
    this.#ahead = ahead;
    this.#iterator =
      Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Takes one more chunk from the body; `false` at its end. */
  async pull(): Promise<boolean> {
    const result = this.#ended ? undefined : await this.#iterator.next();
    if (!result || result.done) {
      this.#ended = true;
      return false;
    }
    this.#ahead.push(result.value);
    return true;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#ahead.length === 0) await this.pull();
    const chunk = this.#ahead.shift();
    return chunk ? { done: false, value: chunk } : { done: true, value: undefined };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#ended) await this.#iterator.return?.();
    this.#ended = true;
    return { done: true, value: undefined };
  }

  close(): void | Promise<void> {
    return this.#body.close?.();
  }
}

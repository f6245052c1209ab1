import { ArgumentError } from '../errors/argument-error.ts';
import { iteratorOf } from '../gateway/iterator-of.ts';
import type { Body } from '../protocol.ts';

/** What `bodyToStream` tells of the end of a body. */
export interface BodyToStreamOptions {
  /** Called when the stream's reader gives up, before the body is given up: abort a signal here. */
  onCancel?: ((reason: unknown) => void) | undefined;
  /**
   * Called with what goes wrong while the body is closed, which nobody else gets to know. Default:
   * `console.error`.
   */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * A body as a stream of the platform. A chunk is pulled when a reader asks for one and no earlier.
 * However the stream ends, the body is closed once: after its last chunk, after an error, which
 * becomes the stream's, and when the reader cancels, which ends the iteration first. A chunk that is
 * no `Uint8Array` is such an error: an `ArgumentError`.
 */
export function bodyToStream(
  body: Body,
  options: BodyToStreamOptions = {},
): ReadableStream<Uint8Array> {
  // Not a byte stream, which would take the memory of the chunks away from the application.
  return new ReadableStream(new BodySource(body, options), { highWaterMark: 0 });
}

/**
 * Closes a body that is not sent, or not any longer.
 *
 * @param onError default: `console.error`.
 */
export async function closeBody(
  body: Body,
  onError: BodyToStreamOptions['onError'] = console.error,
): Promise<void> {
  try {
    await body.close?.();
  } catch (error) {
    onError(error);
  }
}

class BodySource {
  readonly #body: Body;
  readonly #options: BodyToStreamOptions;
  #iterator: Iterator<Uint8Array> | AsyncIterator<Uint8Array> | undefined;
  #over = false;

  constructor(body: Body, options: BodyToStreamOptions) {
    this.#body = body;
    this.#options = options;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let chunk: Uint8Array | undefined;
    try {
      chunk = await this.#next();
    } catch (error) {
      await this.#giveUp();
      throw error;
    }
    if (this.#over) return;
    if (chunk) return controller.enqueue(chunk);
    this.#over = true;
    await closeBody(this.#body, this.#options.onError);
    controller.close();
  }

  async cancel(reason: unknown): Promise<void> {
    this.#options.onCancel?.(reason);
    await this.#giveUp();
  }

  /** The next chunk that holds something; `undefined` at the end. */
  async #next(): Promise<Uint8Array | undefined> {
    this.#iterator ??= iteratorOf(this.#body);
    for (;;) {
      const next = await this.#iterator.next();
      if (next.done) return undefined;
      const chunk: unknown = next.value;
      if (!(chunk instanceof Uint8Array)) {
        throw new ArgumentError(`A body gave a chunk of type ${typeof chunk}; give Uint8Arrays.`);
      }
      if (chunk.length > 0) return chunk;
    }
  }

  async #giveUp(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    const { onError = console.error } = this.#options;
    try {
      await this.#iterator?.return?.();
    } catch (error) {
      onError(error);
    }
    await closeBody(this.#body, onError);
  }
}

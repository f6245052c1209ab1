import { ArgumentError } from '../errors/argument-error.ts';
import { reasonPhrase } from '../exceptions/status-codes.ts';
import { DONE } from '../gateway/iterator-of.ts';
import type { Body, HeaderField, HeaderList } from '../protocol.ts';

/** A response as an application gives it: what `startResponse` is told, and the body. */
export interface GatewayResponse {
  readonly status: string;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** The fields that are about the content as it was on the wire. */
const CODED_CONTENT_FIELDS: ReadonlySet<string> = new Set(['content-encoding', 'content-length']);

/**
 * A platform's `Response` as an application answers. Its body is pulled as it is sent, and cancelled
 * when the client goes. The response of a `fetch` comes without the coding that it had on its way,
 * and so without `Content-Encoding` and the length of the coded content.
 *
 * @throws ArgumentError when the body was read already, and for `Response.error()`.
 */
export function responseFromFetch(response: globalThis.Response): GatewayResponse {
  const { status, statusText } = response;
  if (status === 0) {
    throw new ArgumentError(
      `A Response of type "${response.type}" has no status and cannot be sent; make one of your own.`,
    );
  }
  return {
    status: `${status} ${statusText || reasonPhrase(status)}`,
    headers: fieldsOf(response),
    body: bodyFromFetch(response),
  };
}

/**
 * The body of a platform's `Response` or `Request`, for an application to return; `[]` without one.
 *
 * @throws ArgumentError when it was read already.
 */
export function bodyFromFetch(message: globalThis.Response | globalThis.Request): Body {
  if (message.bodyUsed || message.body?.locked) {
    throw new ArgumentError(
      'The body is in use, or was read already; pass on response.clone() where you read it as well.',
    );
  }
  return message.body === null ? [] : new FetchBody(message.body);
}

function fieldsOf(response: globalThis.Response): HeaderList {
  const fields: HeaderField[] = [...response.headers];
  // Only what came by `fetch` has a URL.
  const isDecoded = response.url !== '' && response.headers.has('content-encoding');
  return isDecoded ? fields.filter(([name]) => !CODED_CONTENT_FIELDS.has(name)) : fields;
}

/** A stream as a body. Giving it up cancels the stream also while a read waits. */
class FetchBody implements AsyncIterableIterator<Uint8Array> {
  readonly #stream: ReadableStream<Uint8Array>;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #over = false;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#stream = stream;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#over) return DONE;
    this.#reader ??= this.#stream.getReader();
    const next = await this.#reader.read();
    if (!next.done) return next;
    this.#over = true;
    return DONE;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.close();
    return DONE;
  }

  async close(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await (this.#reader ?? this.#stream).cancel();
  }
}

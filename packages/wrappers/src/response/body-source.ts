import { InvalidBodyError } from '../errors/wrapper-errors.ts';
import { describe } from '../values/describe.ts';
import { isThenable } from '../values/is-thenable.ts';
import { encodeChunk } from './encode.ts';

/** One piece of a response's body; text is sent as UTF-8. */
export type BodyChunk = string | Uint8Array;

/**
 * What a response's body can be made from. Text, bytes and arrays are kept whole, and their length
 * is announced. Everything else is a stream: pulled chunk by chunk, and given up at the end.
 */
export type ResponseBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Iterable<BodyChunk>
  | AsyncIterable<BodyChunk>
  | ReadableStream<BodyChunk>
  | null;

/** A body as a response has it: whole, as a list of chunks, or as the source of a stream. */
export type StoredBody = Uint8Array | readonly Uint8Array[] | StreamSource;

/** What a stream is pulled from. */
export type StreamSource = Iterable<BodyChunk> | AsyncIterable<BodyChunk>;

/**
 * Takes a body in. Text stays text, as many a response is never sent; nothing is pulled of a stream.
 *
 * @throws InvalidBodyError for what can't be a body, saying what to do instead.
 */
export function storeBody(body: ResponseBody | undefined): string | StoredBody {
  if (typeof body === 'string') return body;
  if (body === null || body === undefined) return [];
  if (body instanceof Uint8Array) return body;
  if (Array.isArray(body)) return body.map(encodeChunk);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body === 'object' && (Symbol.asyncIterator in body || Symbol.iterator in body)) {
    expectErrors(body);
    return body;
  }
  throw new InvalidBodyError(
    `A response body is text, bytes, or something that yields them, not ${describe(body)}. ${advice(body)}`,
  );
}

/** Whether chunks come one by one, and no earlier than they are asked for. */
export function isStream(body: string | StoredBody): body is StreamSource {
  return typeof body !== 'string' && !(body instanceof Uint8Array) && !Array.isArray(body);
}

/**
 * Has a Node stream fail without ending the process when nobody reads it: before its first chunk is
 * asked for, or after it was given up, as for a HEAD request. Who reads it gets the error all the
 * same.
 */
export function expectErrors(source: object): void {
  if ('destroy' in source && 'on' in source && typeof source.on === 'function') {
    source.on('error', ignore);
  }
}

function ignore(): void {}

function advice(value: unknown): string {
  if (isThenable(value)) return 'Await the promise first.';
  return 'Make JSON of a value with Response.json(value), text with String(value).';
}

import { ArgumentError } from '../errors/argument-error.ts';
import { ClientDisconnected } from '../exceptions/bad-request.ts';
import type { InputStream } from '../protocol.ts';
import { ChunkInput } from '../streams/chunk-input.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { LimitedStream } from '../streams/limited-stream.ts';

/**
 * The body of a platform's `Request` as an input. Nothing is taken from it before the first read,
 * which throws an `ArgumentError` if the body was read elsewhere.
 *
 * @param length what its headers state; a body that has less rejects the read that finds its end.
 */
export function requestInput(request: globalThis.Request, length: number | null): InputStream {
  const input = new ChunkInput(requestChunks(request));
  return length === null ? input : new LimitedStream(input, length);
}

async function* requestChunks(
  request: globalThis.Request,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (request.bodyUsed || request.body?.locked) {
    throw new ArgumentError(
      'The body of this Request is in use, or was read already. ' +
        'Pass request.clone() on where the body is to be read as well.',
    );
  }
  if (request.body === null) return;
  try {
    for await (const chunk of chunksOf(request.body)) yield checkChunk(chunk);
  } catch (error) {
    if (error instanceof InvalidChunk) throw new ArgumentError(error.message);
    throw new ClientDisconnected('The request body broke off.', { cause: error });
  }
}

/** A chunk that a stream made by hand gave: not the client's fault. */
class InvalidChunk extends Error {}

function checkChunk(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new InvalidChunk(
    `The body of a Request has to be a stream of Uint8Arrays, and it gave a ${typeof chunk}.`,
  );
}

import { BadRequest, RequestEntityTooLarge } from '@werkstatt/core';
import { decompress } from '#platform';
import type { CompressedFormat } from './compressed-format.ts';
import { EncodedSource } from './encoded-source.ts';

/**
 * What comes of the chunks of a body when one coding is taken away. No bytes at all are no content,
 * as those of a body of length 0 are.
 *
 * @param limit in bytes, for what comes of them.
 * @throws RequestEntityTooLarge beyond `limit`.
 * @throws BadRequest for data that is corrupt, cut short, or followed by more.
 */
export async function* decodedChunks(
  format: CompressedFormat,
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = new EncodedSource(chunks);
  const start = await source.peek(2);
  if (start.length === 0) return;
  const isRaw = format === 'deflate' && !isZlib(start);
  const decoded = decompress(isRaw ? 'deflate-raw' : format, source);
  let length = 0;
  try {
    for (;;) {
      const next = await decoded.next().catch((error: unknown) => fail(source, error));
      if (next.done) return;
      length += next.value.length;
      if (length > limit) throw tooLarge(limit);
      yield next.value;
    }
  } finally {
    await decoded.return();
  }
}

/** Whether data begins with the frame of RFC 1950: some clients send deflate without it. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

function fail(source: EncodedSource, error: unknown): never {
  if (source.failure) throw source.failure.error;
  throw new BadRequest('The body is not what its Content-Encoding says, or was cut short.', {
    cause: error,
  });
}

function tooLarge(limit: number): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    `The request body has more than the ${limit} bytes allowed here, once it is decoded.`,
  );
}

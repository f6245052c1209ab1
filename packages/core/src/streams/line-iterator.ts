import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import type { InputStream } from '../protocol.ts';
import { ChunkInput } from './chunk-input.ts';

/** What lines and pieces can be read of. */
export type ByteSource = InputStream | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A bound on what `lineIterator` and `chunkIterator` keep in memory. */
export interface PieceOptions {
  /** The most bytes that a line or piece may have, its end included. Default: 1 MiB. */
  maxLength?: number | undefined;
}

/** The default of `maxLength`. */
export const MAX_PIECE_LENGTH = 1_048_576;

/**
 * The lines of an input as bytes, each with the LF that ends it; the last one may lack it.
 *
 * @throws RequestEntityTooLarge at a line longer than `maxLength`.
 */
export async function* lineIterator(
  source: ByteSource,
  options: PieceOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { maxLength = MAX_PIECE_LENGTH } = options;
  const input = isInputStream(source) ? source : new ChunkInput(source);
  for (;;) {
    const line = await input.readLine(maxLength + 1);
    if (line.length === 0) return;
    if (line.length > maxLength) throw tooLong('line', maxLength);
    yield line;
  }
}

/** The 413 for a line or piece that is too long. */
export function tooLong(what: string, maxLength: number): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    `A ${what} of the request body has more than the ${maxLength} bytes allowed here.`,
  );
}

function isInputStream(source: ByteSource): source is InputStream {
  return 'readLine' in source && typeof source.readLine === 'function';
}

import { ChunkInput, type InputStream } from '@werkstatt/core';
import { checkLimit } from '../values/check-limit.ts';
import { parseCodings } from './content-codings.ts';
import { decodedChunks } from './decoded-chunks.ts';

/** How far `decodeRequestBody()` goes. */
export interface DecodeOptions {
  /**
   * How many bytes may come of the body, decoded; they are counted as they come. Default: 16 MiB.
   * Without it, a body of a few kilobytes can be made to fill the memory, or the disk.
   */
  maxContentLength?: number | undefined;
  /**
   * How many codings may lie one over another. Default: 3. Without it, a header of a few kilobytes
   * makes as many decoders.
   */
  maxCodings?: number | undefined;
}

/** What may come of a body unless something else is said. */
const MAX_CONTENT_LENGTH = 16 * 1024 * 1024;

/**
 * A body without the codings of its `Content-Encoding` (RFC 9110 section 8.4): gzip and deflate, and
 * where the platform has them br and zstd. It is decoded as it is read, and nothing is read of
 * `stream` before. At the end, whatever ends it, the iteration of `stream` is ended.
 *
 * The methods of the stream throw `RequestEntityTooLarge` beyond `maxContentLength`, which holds for
 * what comes of each coding, `BadRequest` for data that is corrupt, cut short, or followed by more,
 * and what `stream` itself throws.
 *
 * @param contentEncoding the value of `Content-Encoding`, the coding that was applied first in front.
 * @throws UnsupportedMediaType for a coding that is not known here and for too many; its answer
 *   states those that are, in `Accept-Encoding` (RFC 9110 section 15.5.16).
 * @throws ArgumentError when a limit is negative or no number; `Infinity` is no limit.
 */
export function decodeRequestBody(
  stream: InputStream,
  contentEncoding: string,
  options: DecodeOptions = {},
): InputStream {
  const { maxContentLength = MAX_CONTENT_LENGTH, maxCodings = 3 } = options;
  checkLimit('maxContentLength', maxContentLength);
  const formats = parseCodings(contentEncoding, checkLimit('maxCodings', maxCodings));
  if (formats.length === 0) return stream;
  let chunks: AsyncIterable<Uint8Array> = stream;
  for (const format of formats.reverse()) chunks = decodedChunks(format, chunks, maxContentLength);
  return new ChunkInput(chunks);
}

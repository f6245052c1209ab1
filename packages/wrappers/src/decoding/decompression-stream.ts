import type { CompressedFormat } from './compressed-format.ts';

/**
 * What `DecompressionStream` is trusted with. It gives all that comes of a piece of its input before
 * it waits for a reader: with these formats at most 1032 times the piece, with Brotli any amount.
 */
export const STREAM_FORMATS: readonly CompressedFormat[] = ['gzip', 'deflate', 'deflate-raw'];

/** Bytes of a piece, of which at most 1 MiB can come. */
const PIECE = 1024;

/**
 * Decompresses chunks with the platform's `DecompressionStream`. The source is given up at the end,
 * whatever ends it.
 *
 * @throws TypeError of the platform when the data is corrupt or cut short.
 */
export async function* decompressWithStream(
  format: CompressedFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]();
  const { readable, writable } = new DecompressionStream(
    format as 'gzip' | 'deflate' | 'deflate-raw',
  );
  const writer = writable.getWriter();
  const reader = (readable as ReadableStream<Uint8Array>).getReader();
  const feeding = feed(writer as WritableStreamDefaultWriter<Uint8Array>, source);
  let ended = false;
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) break;
      yield next.value;
    }
    await feeding;
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
    await source.return?.();
  }
}

/** Ends when there is nothing more to write, or nobody to write it for; never rejects. */
async function feed(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  source: AsyncIterator<Uint8Array>,
): Promise<void> {
  writer.closed.catch(() => {});
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      for (let at = 0; at < next.value.length; at += PIECE) {
        await writer.write(next.value.subarray(at, at + PIECE));
      }
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
  }
}

/** What the platform does better than plain JavaScript, on Node: the other face of `#platform`. */
import type { CompressedFormat } from '../decoding/compressed-format.ts';
import type { TemporaryFile } from '../forms/temporary-file.ts';
import { decompressWithZlib, zlibFormats } from './decompress.ts';

/**
 * Where `pattern` first stands in `bytes` at or after `start`; -1 if nowhere. The first octet of
 * `pattern` must not come again in it: then the time is linear, whatever the bytes are.
 */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array, start = 0): number {
  return Buffer.prototype.indexOf.call(bytes, pattern, start);
}

/**
 * A new temporary file. What makes it is loaded on first use: many programs take no uploads, and it
 * takes a fifth of the time that all of this package takes.
 */
export async function openTemporaryFile(): Promise<TemporaryFile> {
  const { createTemporaryFile } = await import('./temporary-file.ts');
  return createTemporaryFile();
}

/** The octets from `start` up to `end` as a text, one code unit each. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.prototype.latin1Slice.call(bytes, start, end);
}

/** The formats that `decompress` knows here. */
export function compressedFormats(): readonly CompressedFormat[] {
  return zlibFormats();
}

/** Decompresses chunks as what comes of them is taken; the chunks are given up in the end. */
export function decompress(
  format: CompressedFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return decompressWithZlib(format, chunks);
}

/** Text as UTF-8. Short texts share a buffer, as those of `Buffer.from` do: making one takes longer. */
export function encodeUtf8(text: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(text);
  return new Uint8Array(buffer, byteOffset, length);
}

/** What `#platform` is where there is no Node: the same functions in plain JavaScript. */
import type { CompressedFormat } from './decoding/compressed-format.ts';
import { decompressWithStream, STREAM_FORMATS } from './decoding/decompression-stream.ts';
import type { TemporaryFile } from './forms/temporary-file.ts';

const encoder = new TextEncoder();

/** A new temporary file; `undefined` where there is no disk, and what arrives is kept in memory. */
export function openTemporaryFile(): Promise<TemporaryFile> | undefined {
  return undefined;
}

/**
 * Where `pattern` first stands in `bytes` at or after `start`; -1 if nowhere. The first octet of
 * `pattern` must not come again in it: then the time is linear, whatever the bytes are.
 */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array, start = 0): number {
  const first = pattern[0]!;
  const last = bytes.length - pattern.length;
  let at = bytes.indexOf(first, start);
  while (at !== -1 && at <= last) {
    let matched = 1;
    while (matched < pattern.length && bytes[at + matched] === pattern[matched]) matched++;
    if (matched === pattern.length) return at;
    at = bytes.indexOf(first, at + 1);
  }
  return -1;
}

/** How many arguments any engine takes at once. */
const MANY = 4_096;

/** The octets from `start` up to `end` as a text, one code unit each. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (; start < end; start += MANY) {
    text += String.fromCharCode(...bytes.subarray(start, Math.min(start + MANY, end)));
  }
  return text;
}

/** The formats that `decompress` knows here. */
export function compressedFormats(): readonly CompressedFormat[] {
  return STREAM_FORMATS;
}

/** Decompresses chunks as what comes of them is taken; the chunks are given up in the end. */
export function decompress(
  format: CompressedFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return decompressWithStream(format, chunks);
}

/** Text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

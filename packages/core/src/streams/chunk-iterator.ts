import { ArgumentError } from '../errors/argument-error.ts';
import { concatBytes } from './bytes.ts';
import { type ByteSource, MAX_PIECE_LENGTH, type PieceOptions, tooLong } from './line-iterator.ts';

/**
 * The pieces of an input between separators, without them: `a|b|` has the pieces `a` and `b`. The
 * cost is linear, however the input is cut into chunks.
 *
 * @param separator one byte or more; text stands for its UTF-8.
 * @throws ArgumentError when the separator is empty.
 * @throws RequestEntityTooLarge at a piece longer than `maxLength`.
 */
export async function* chunkIterator(
  source: ByteSource,
  separator: string | Uint8Array,
  options: PieceOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { maxLength = MAX_PIECE_LENGTH } = options;
  const needle = typeof separator === 'string' ? new TextEncoder().encode(separator) : separator;
  if (needle.length === 0) {
    throw new ArgumentError('The separator of chunkIterator() is empty; give one byte or more.');
  }
  const borders = bordersOf(needle);
  let pieces: Uint8Array[] = [];
  let length = 0;
  let matched = 0;
  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (matched === 0) {
        at = chunk.indexOf(needle[0]!, at);
        if (at < 0) break;
      }
      while (matched > 0 && chunk[at] !== needle[matched]) matched = borders[matched - 1]!;
      if (chunk[at] === needle[matched]) matched++;
      if (matched < needle.length) continue;
      pieces.push(chunk.subarray(start, at + 1));
      length += at + 1 - start;
      if (length > maxLength) throw tooLong('piece', maxLength);
      yield concatBytes(pieces).subarray(0, length - needle.length);
      pieces = [];
      length = matched = 0;
      start = at + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxLength) throw tooLong('piece', maxLength);
  }
  if (length > 0) yield concatBytes(pieces);
}

/**
 * For each prefix of the separator, the length of its longest proper prefix that is its suffix as
 * well: where to go on after a mismatch (Knuth, Morris and Pratt).
 */
function bordersOf(needle: Uint8Array): number[] {
  const borders = [0];
  let matched = 0;
  for (let index = 1; index < needle.length; index++) {
    while (matched > 0 && needle[index] !== needle[matched]) matched = borders[matched - 1]!;
    if (needle[index] === needle[matched]) matched++;
    borders.push(matched);
  }
  return borders;
}

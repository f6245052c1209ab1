import { FIELD_VALUE } from './octets.ts';

/** A buffer's octets as words of four, each loaded at once; the last ones may belong to none. */
export function wordsOf(octets: Uint8Array): Int32Array {
  const before = octets.byteOffset & 3;
  const start = octets.byteOffset - before;
  return new Int32Array(octets.buffer, start, (before + octets.length) >> 2);
}

/**
 * Where the octets from `start` on end that a field value may have (RFC 9110 section 5.5), at `end`
 * at the latest. Looks at four at a time, which takes half the time where there are many.
 *
 * @param words of `octets`, by `wordsOf`.
 */
export function skipFieldValue(
  octets: Uint8Array,
  words: Int32Array,
  start: number,
  end: number,
): number {
  const legal = FIELD_VALUE;
  const before = octets.byteOffset & 3;
  let at = start;
  while (((at + before) & 3) !== 0 && at < end && legal[octets[at]!] !== 0) at++;
  if (((at + before) & 3) === 0) {
    const wordsEnd = (end + before) >> 2;
    let word = (at + before) >> 2;
    while (word < wordsEnd && isPlain(words[word]!)) word++;
    at = (word << 2) - before;
  }
  while (at < end && legal[octets[at]!] !== 0) at++;
  return at;
}

/** Whether none of four octets is a control character: a tab is one, and legal all the same. */
function isPlain(word: number): boolean {
  const low = word & 0x7f7f7f7f;
  // No sum reaches the octet above: the highest bit says "20 or more", and of the other, "7F".
  const plain = (low + 0x60606060) & ~(low + 0x01010101);
  return ((plain | word) & 0x80808080) === (0x80808080 | 0);
}

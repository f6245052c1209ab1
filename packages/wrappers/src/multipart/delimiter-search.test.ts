import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsOf } from '../testing/decode-multipart.ts';
import { DelimiterSearch } from './delimiter-search.ts';

/** Texts of pieces of a delimiter, long enough for every way to search. */
function textLike(delimiter: string): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.nat(delimiter.length).map((length) => delimiter.slice(0, length)),
    fc.nat(delimiter.length).map((start) => delimiter.slice(start)),
    fc.constantFrom(delimiter.slice(1), '\r', '\n', 'x', 'a'),
  );
  const run = fc.tuple(piece, fc.nat(60)).map(([text, times]) => text.repeat(times));
  return fc.array(run, { maxLength: 20 }).map((runs) => runs.join(''));
}

describe.each(['\r\n--b', '\n--aaaaaaaaaaaaaaaa', '\r\n------formboundary7MA4YW', '\r-----'])(
  'DelimiterSearch for %j',
  (delimiter) => {
    const search = new DelimiterSearch(octetsOf(delimiter));

    it('finds what a text search finds', () => {
      fc.assert(
        fc.property(textLike(delimiter), fc.nat(300), (text, from) => {
          expect(search.find(octetsOf(text), from)).toBe(text.indexOf(delimiter, from));
        }),
        { numRuns: 500 },
      );
    });

    it('finds where the chunk ends within a delimiter', () => {
      for (let length = 0; length < delimiter.length; length++) {
        const text = `x\r${delimiter.slice(0, length)}`;
        const expected = length > 0 ? 2 : delimiter.startsWith('\r') ? 1 : 2;
        expect(search.findCut(octetsOf(text), 0)).toBe(expected);
        expect(search.findCut(octetsOf(`${text}!`), 0)).toBe(text.length + 1);
        expect(search.findCut(octetsOf(text), text.length)).toBe(text.length);
      }
    });
  },
);

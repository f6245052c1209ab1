import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skipFieldValue, wordsOf } from './field-value.ts';

/** Where a value ends by the letter of RFC 9110 section 5.5, and without a table. */
function endOfValue(octets: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (octets[at] === 9 || (octets[at]! >= 0x20 && octets[at] !== 0x7f))) at++;
  return at;
}

describe('skipFieldValue', () => {
  it('stops at each octet that no value has, wherever it stands', () => {
    for (let octet = 0; octet < 256; octet++) {
      for (let place = 0; place < 12; place++) {
        const octets = new Uint8Array(12).fill(0x61);
        octets[place] = octet;
        for (let start = 0; start < 8; start++) {
          const at = skipFieldValue(octets, wordsOf(octets), start, 12);
          expect(at).toBe(endOfValue(octets, start, 12));
        }
      }
    }
  });

  it('finds the same end in any part of a buffer, wherever that lies in memory', () => {
    const legal = fc.constantFrom(0x09, 0x20, 0x61, 0x7e, 0x80, 0x9f, 0xff);
    const mostlyLegal = fc.oneof({ weight: 30, arbitrary: legal }, fc.nat(255));
    fc.assert(
      fc.property(fc.array(mostlyLegal), fc.nat(7), fc.nat(), fc.nat(), (list, offset, a, b) => {
        const memory = new Uint8Array(offset + list.length + 5).fill(0x61);
        const octets = memory.subarray(offset, offset + list.length);
        octets.set(list);
        const end = a % (list.length + 1);
        const start = b % (end + 1);
        const at = skipFieldValue(octets, wordsOf(octets), start, end);
        expect(at).toBe(endOfValue(octets, start, end));
      }),
      { numRuns: 1000 },
    );
  });
});

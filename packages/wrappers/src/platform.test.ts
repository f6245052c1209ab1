import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as node from './node/platform.ts';
import * as neutral from './platform-neutral.ts';

const encoder = new TextEncoder();
const pattern = encoder.encode('\r\n--b');

/** Texts that are made of pieces of the pattern, so that it is often nearly met, or met. */
const text = fc
  .array(fc.constantFrom('\r', '\n', '--b', '\r\n--', '\r\n--b', 'x'), { maxLength: 12 })
  .map((pieces) => pieces.join(''));

describe.each([
  ['on Node', node.indexOfBytes],
  ['elsewhere', neutral.indexOfBytes],
])('indexOfBytes %s', (_, indexOfBytes) => {
  it('finds what a text search finds', () => {
    fc.assert(
      fc.property(text, fc.nat(20), (value, start) => {
        expect(indexOfBytes(encoder.encode(value), pattern, start)).toBe(
          value.indexOf('\r\n--b', start),
        );
      }),
    );
  });

  it('searches a part of a buffer within that part', () => {
    const part = encoder.encode('\r\n--b..\r\n--b\r\n--b').subarray(1, 12);
    expect(indexOfBytes(part, pattern)).toBe(6);
    expect(indexOfBytes(part, pattern, 7)).toBe(-1);
  });
});

describe.each([
  ['on Node', node.latin1Text],
  ['elsewhere', neutral.latin1Text],
])('latin1Text %s', (_, latin1Text) => {
  it('makes a code unit of each octet, and of those in the range alone', () => {
    const octets = Uint8Array.from({ length: 10_000 }, (_, index) => index % 256);
    const text = latin1Text(octets.subarray(1), 4, 9_500);
    expect(text).toHaveLength(9_496);
    expect(Array.from(text, (unit) => unit.charCodeAt(0))).toEqual([...octets.subarray(5, 9_501)]);
    expect(latin1Text(octets, 7, 7)).toBe('');
  });
});

describe.each([
  ['on Node', node.encodeUtf8],
  ['elsewhere', neutral.encodeUtf8],
])('encodeUtf8 %s', (_, encodeUtf8) => {
  it('encodes what is text, and puts U+FFFD for what is not', () => {
    const decoder = new TextDecoder();
    for (const value of ['', 'a', 'ü€\ud83d\ude00', 'x'.repeat(100_000), '\ud83d!']) {
      expect(decoder.decode(encodeUtf8(value))).toBe(value.toWellFormed());
    }
  });
});

describe('#platform', () => {
  it('has the same functions on every platform', () => {
    expect(Object.keys(neutral).sort()).toEqual(Object.keys(node).sort());
  });

  it('has temporary files on Node, and none elsewhere', async () => {
    expect(neutral.openTemporaryFile()).toBeUndefined();
    const file = await node.openTemporaryFile();
    await file?.write(encoder.encode('hello'), 0);
    const bytes = new Uint8Array(5);
    expect(await file?.read(bytes, 0)).toBe(5);
    expect(bytes).toEqual(encoder.encode('hello'));
    await file?.close();
  });
});

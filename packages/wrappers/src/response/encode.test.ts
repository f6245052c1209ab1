import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeChunk, encodeText } from './encode.ts';

const unit = fc.constantFrom(
  'a',
  'z',
  '\0',
  '\x7f',
  '\x80',
  'ü',
  '€',
  '☃',
  '\ud83d\ude00',
  '\ud83d',
);

describe('encodeText', () => {
  it('gives the UTF-8 of any text, whatever its length', () => {
    const encoder = new TextEncoder();
    const text = fc.array(unit, { maxLength: 100 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, (value) => {
        expect([...encodeText(value)]).toEqual([...encoder.encode(value)]);
      }),
    );
    const long = 'aü€'.repeat(10_000);
    expect(new TextDecoder().decode(encodeText(long))).toBe(long);
  });

  it('gives plain bytes of their own, which stay as they are', () => {
    const texts = Array.from({ length: 300 }, (_, index) => `${index}`.padEnd(index, 'x'));
    const encoded = texts.map(encodeText);
    expect(encoded.map((bytes) => new TextDecoder().decode(bytes))).toEqual(texts);
    expect(encoded.every((bytes) => bytes.constructor === Uint8Array)).toBe(true);
  });
});

describe('encodeChunk', () => {
  it('takes text and bytes, and nothing else', () => {
    const bytes = new Uint8Array([1]);
    expect(encodeChunk(bytes)).toBe(bytes);
    expect([...encodeChunk('a')]).toEqual([97]);
    expect(() => encodeChunk(1)).toThrow(/one of its chunks is a number/);
  });
});

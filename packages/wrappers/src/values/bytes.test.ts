import { describe, expect, it } from 'vitest';
import { byteLength, octetsOf, ownBytes } from './bytes.ts';

describe('byteLength', () => {
  it('counts one piece, and several together', () => {
    expect(byteLength(new Uint8Array(3))).toBe(3);
    expect(byteLength([new Uint8Array(3), new Uint8Array(2)])).toBe(5);
    expect(byteLength([])).toBe(0);
  });
});

describe('ownBytes', () => {
  it('copies what shares its buffer, and nothing else', () => {
    const whole = Uint8Array.of(1, 2, 3);
    expect(ownBytes(whole)).toBe(whole);
    const copy = ownBytes(whole.subarray(1));
    expect(copy).toEqual(Uint8Array.of(2, 3));
    expect(copy.buffer.byteLength).toBe(2);
  });
});

describe('octetsOf', () => {
  it('takes each code unit for an octet', () => {
    expect(octetsOf('a\xff\0')).toEqual(Uint8Array.of(0x61, 0xff, 0));
  });
});

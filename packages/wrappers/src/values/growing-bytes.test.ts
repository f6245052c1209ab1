import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GrowingBytes } from './growing-bytes.ts';

it('GrowingBytes has every piece in order, as copies', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 10 });
  const check = (all: Uint8Array[]) => {
    const bytes = new GrowingBytes();
    for (const piece of all) bytes.append(piece);
    const joined = Buffer.concat(all);
    for (const piece of all) piece.fill(0);
    expect(bytes.length).toBe(joined.length);
    expect(Buffer.compare(bytes.view(), joined)).toBe(0);
    expect(Buffer.compare(bytes.slice(1, 5), joined.subarray(1, 5))).toBe(0);
    bytes.slice().fill(0);
    expect(Buffer.compare(bytes.view(), joined)).toBe(0);
  };
  fc.assert(fc.property(pieces, check));
});

it('GrowingBytes starts anew, with the room that it is told', () => {
  const bytes = new GrowingBytes();
  bytes.append(new Uint8Array(5000));
  bytes.clear(4);
  expect(bytes.length).toBe(0);
  bytes.append(Uint8Array.of(1, 2));
  expect(bytes.view()).toEqual(Uint8Array.of(1, 2));
  expect(bytes.view().buffer.byteLength).toBe(4);
});

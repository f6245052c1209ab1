import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as platform from '#platform';
import * as node from './node/platform.ts';
import * as neutral from './platform-neutral.ts';

describe('#platform', () => {
  it('is the one for Node on Node', () => {
    expect(platform.sha256).toBe(node.sha256);
    expect(platform.isWindows).toBe(process.platform === 'win32');
  });

  it('has the same functions on every platform', () => {
    expect(Object.keys(neutral).sort()).toEqual(Object.keys(node).sort());
  });

  it('gives the same digests on every platform', () => {
    for (let length = 0; length < 200; length++) {
      const data = new Uint8Array(length).fill(length);
      expect(neutral.sha256(data)).toBe(node.sha256(data));
    }
    const check = (data: Uint8Array) => neutral.sha256(data) === hash('sha256', data, 'base64url');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check));
    expect(neutral.sha256('snowman ☃')).toBe(node.sha256('snowman ☃'));
    const part = new Uint8Array(300).fill(7).subarray(3, 250);
    expect(neutral.sha256(part)).toBe(node.sha256(part));
  });

  it('compares alike on every platform', () => {
    const one = Uint8Array.of(1, 2, 3);
    for (const other of [one, Uint8Array.of(1, 2, 4), Uint8Array.of(0, 2, 3)]) {
      expect(neutral.timingSafeEqual(one, other)).toBe(node.timingSafeEqual(one, other));
    }
  });
});

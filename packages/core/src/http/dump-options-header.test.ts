import { describe, expect, it } from 'vitest';
import { dumpOptionsHeader } from './dump-options-header.ts';

describe('dumpOptionsHeader', () => {
  it('puts parameters after the value', () => {
    expect(dumpOptionsHeader('v', { a: 'b c', d: null, 'e*': "UTF-8''%C3%A9" })).toBe(
      `v; a="b c"; e*=UTF-8''%C3%A9`,
    );
    expect(dumpOptionsHeader(null, { a: 'b' })).toBe('a=b');
  });

  it('does not let a value become another parameter', () => {
    expect(dumpOptionsHeader('v', { a: 'x"; b="y' })).toBe('v; a="x\\"; b=\\"y"');
  });

  it('writes what latin-1 cannot hold as an extended parameter', () => {
    expect(dumpOptionsHeader('v', { a: "☃'*" })).toBe("v; a*=UTF-8''%E2%98%83%27%2A");
    expect(dumpOptionsHeader('v', { a: '\ud800' })).toBe("v; a*=UTF-8''%EF%BF%BD");
  });
});

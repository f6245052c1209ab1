import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Authorization } from './authorization.ts';
import { ETags } from './etags.ts';
import { IfRange } from './if-range.ts';
import { RequestCacheControl } from './request-cache-control.ts';

describe('a header as text', () => {
  it('is its value', () => {
    expect(String(ETags.fromHeader('W/"a"'))).toBe('W/"a"');
    expect(String(RequestCacheControl.fromHeader('max-age=5'))).toBe('max-age=5');
  });

  it('tells why it cannot be sent, where a client sent what nobody may', () => {
    const tags = ETags.fromHeader('a"b');
    expect(() => tags.toHeader()).toThrow(InvalidHeaderError);
    expect(String(tags)).toMatch(/^cannot be sent: /);
  });

  it('is there for every value of a client', () => {
    const headers = [Authorization, ETags, IfRange, RequestCacheControl];
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        for (const kind of headers) expect(typeof String(kind.fromHeader(value))).toBe('string');
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseFields } from './response-head.ts';

describe('ResponseFields', () => {
  it('writes and checks a value for itself, whatever its name had before', () => {
    const values = ['', 'a', 'b', 'text/plain', 'é', 'x'.repeat(64), 'x'.repeat(65)];
    const illegal = [' a', 'a ', 'a\r\nb: c', 'a\0', '\u0100', '\u2028'];
    const value = fc.constantFrom(...values, ...illegal);
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), fc.nat(5), (list, name) => {
        for (const each of list) {
          const make = () => new ResponseFields([[`X-Test-${name}`, each]]).block;
          if (illegal.includes(each)) expect(make).toThrow(TypeError);
          else expect(make()).toBe(`X-Test-${name}: ${each}\r\n`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['0', '7', '0012', '9'.repeat(15)])('takes %j for a length', (length) => {
    expect(new ResponseFields([['Content-Length', length]]).contentLength).toBe(Number(length));
  });

  it.each(['', '9'.repeat(16), '1e3', '+1', '-1', '0x1', '1.0', '1_0', '٣', ' 1', '1\n'])(
    'takes %j for no length',
    (length) => {
      expect(() => new ResponseFields([['Content-Length', length]])).toThrow(TypeError);
    },
  );
});

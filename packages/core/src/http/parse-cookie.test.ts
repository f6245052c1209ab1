import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { dumpCookie } from './dump-cookie.ts';
import { parseCookie, parseCookieText } from './parse-cookie.ts';

const pairs = (header: string) => [...parseCookie(header)];

describe('parseCookie', () => {
  it('keeps cookies of the same name in order', () => {
    expect(parseCookie('a=1; b=2; a=3').getlist('a')).toEqual(['1', '3']);
  });

  it('drops a cookie without a name, which could pose as another', () => {
    expect(pairs('=__Host-x=bad; a=1; = __Secure-y=bad;=;;= ')).toEqual([['a', '1']]);
  });

  it('trims blanks around names and values and no other white space', () => {
    expect(pairs(' a =\tb ')).toEqual([['a', 'b']]);
    expect(pairs('\u00c2\u00a0__Host-a=x')).toEqual([['\u00a0__Host-a', 'x']]);
    expect(pairs('\u00ef\u00bb\u00bf__Host-a=x')).toEqual([['\ufeff__Host-a', 'x']]);
    expect(pairs('\x0b__Host-a=x')).toEqual([['\x0b__Host-a', 'x']]);
  });

  it('undoes quotes and escapes', () => {
    expect(pairs('a="x;y\\073\\"z\\303\\274"; b=1')).toEqual([
      ['a', 'x;y;"zü'],
      ['b', '1'],
    ]);
  });

  it('leaves a value alone whose quotes do not end', () => {
    expect(pairs('a="b; c=1')).toEqual([
      ['a', '"b'],
      ['c', '1'],
    ]);
    expect(pairs('a="b"c; d="')).toEqual([
      ['a', '"b"c'],
      ['d', '"'],
    ]);
  });

  it('takes any name for data', () => {
    expect(pairs('__proto__=1; constructor=2; __proto__=3')).toEqual([
      ['__proto__', '1'],
      ['__proto__', '3'],
      ['constructor', '2'],
    ]);
  });

  it('is empty without a header', () => {
    expect(parseCookie(undefined).size).toBe(0);
    expect(parseCookieText(null).size).toBe(0);
  });

  it('reads what dumpCookie wrote, whatever it was', () => {
    fc.assert(
      fc.property(anyText(), (value) => {
        const [cookie] = dumpCookie('name', value, { maxSize: 0, path: null }).split('; Path');
        expect(parseCookie(cookie).get('name')).toBe(value.toWellFormed());
      }),
    );
  });

  it('reads cookies of any names that dumpCookie takes, in order', () => {
    const name = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,8}$/);
    const value = anyText().map((text) => text.toWellFormed());
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (all) => {
        const cookies = all.map(([key, text]) => {
          const dumped = dumpCookie(key, text, { maxSize: 0, path: null });
          return dumped.replace(/; Secure$/, '');
        });
        expect(pairs(cookies.join('; '))).toEqual(all);
      }),
    );
  });

  it('reads any header without an error', () => {
    const piece = fc.constantFrom('a', '=', ';', '"', '\\', ' ', '\t', '1', '0', '\u00ff', '☃');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        for (const [name] of parseCookie(pieces.join(''))) expect(name).not.toBe('');
      }),
    );
  });
});

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

  it('finds a single cookie as parsing the header does', () => {
    const piece = fc.constantFrom(
      'a',
      'ab',
      'b',
      'a=',
      ' ',
      '\t',
      '=',
      ';',
      '; ',
      '"',
      '\\',
      '1',
      '\u00c3',
    );
    const header = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    const name = fc.constantFrom('a', 'ab', 'b', '1', 'a=', '', ' a', '\u00c3', 'a;');
    fc.assert(
      fc.property(header, name, (text, asked) => {
        const all = new Map(parseCookie(text).lists());
        expect(parseCookie(text).get(asked)).toBe(all.get(asked)?.[0]);
        expect(parseCookie(text).has(asked)).toBe(all.has(asked));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives every cookie, however many are asked for one after the other', () => {
    const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
    const cookies = parseCookie(names.map((name) => `${name}=v-${name}`).join('; '));
    for (const name of [...names, ...names]) expect(cookies.get(name)).toBe(`v-${name}`);
    expect(cookies.get('c')).toBeUndefined();
    expect(cookies.size).toBe(20);
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

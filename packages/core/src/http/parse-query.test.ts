import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { parseQuery } from './parse-query.ts';
import { percentDecode } from './percent-decode.ts';

describe('parseQuery', () => {
  it('gives pairs in order, empty values included', () => {
    expect(parseQuery('a=1&b=&&c&a=2=3')).toEqual([
      ['a', '1'],
      ['b', ''],
      ['c', ''],
      ['a', '2=3'],
    ]);
    expect(parseQuery('')).toEqual([]);
  });

  it('expands nothing', () => {
    expect(parseQuery('a[__proto__][x]=1&__proto__.y=2;z=3')).toEqual([
      ['a[__proto__][x]', '1'],
      ['__proto__.y', '2;z=3'],
    ]);
  });

  it('reads octets and escapes as UTF-8', () => {
    expect(parseQuery('%C3%BC=a+b%2B&x=\u00c3\u00a9')).toEqual([
      ['ü', 'a b+'],
      ['x', 'é'],
    ]);
  });

  it('keeps what is not UTF-8 as escapes', () => {
    expect(parseQuery('a=%FF%e2%98%83%e2%98&b=%&c=\u00ff')).toEqual([
      ['a', '%FF☃%e2%98'],
      ['b', '%'],
      ['c', '%FF'],
    ]);
  });

  it('reads what URLSearchParams writes', () => {
    const pair = fc.tuple(anyText(), anyText());
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const form = new URLSearchParams(pairs);
        expect(parseQuery(form.toString())).toEqual([...form]);
      }),
    );
  });
});

describe('percentDecode', () => {
  it('agrees with decodeURIComponent, or leaves what that refuses', () => {
    const octet = fc.constantFrom(0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc3, 0xe0, 0xe2, 0xed, 0xf0);
    const escapes = fc.array(fc.oneof(octet, fc.integer({ min: 0, max: 255 })), { minLength: 1 });
    fc.assert(
      fc.property(escapes, (octets) => {
        const text = octets.map((o) => `%${o.toString(16).padStart(2, '0')}`).join('');
        // What a lenient decoder replaces is what has to stay, so that much is text in both.
        const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          Uint8Array.from(octets),
        );
        const decoded = percentDecode(text);
        const valid = lenient.replaceAll('\ufffd', '');
        expect(decoded.replaceAll(/%[89a-f][0-9a-f]/g, '').replaceAll('\ufffd', '')).toBe(valid);
      }),
    );
  });
});

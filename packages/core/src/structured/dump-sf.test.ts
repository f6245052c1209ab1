import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpSfDictionary, dumpSfItem, dumpSfList } from './dump-sf.ts';
import { parseSfDictionary, parseSfItem, parseSfList } from './parse-sf.ts';
import { SfDecimal } from './sf-decimal.ts';
import { SfDisplayString } from './sf-display-string.ts';
import { SfToken } from './sf-token.ts';
import type { SfBareItem } from './sf-types.ts';

describe('dumpSfItem', () => {
  it('writes every type', () => {
    expect(dumpSfItem(42)).toBe('42');
    expect(dumpSfItem(-0)).toBe('0');
    expect(dumpSfItem(0.5)).toBe('0.5');
    expect(dumpSfItem(new SfDecimal(2))).toBe('2.0');
    expect(dumpSfItem('a "b" \\')).toBe('"a \\"b\\" \\\\"');
    expect(dumpSfItem(new SfToken('a/b'))).toBe('a/b');
    expect(dumpSfItem(true)).toBe('?1');
    expect(dumpSfItem(new Date(1_659_578_233_900))).toBe('@1659578233');
    expect(dumpSfItem(new SfDisplayString('ü "100%"\n'))).toBe('%"%c3%bc %22100%25%22%0a"');
    expect(dumpSfItem(new Uint8Array([0, 255]))).toBe(':AP8=:');
    expect(dumpSfItem({ value: 1, params: { a: true, b: 'x' } })).toBe('1;a;b="x"');
  });

  it('rounds decimals to three digits, halves to the even one', () => {
    const rounded = new Map([
      [0.0025, '0.002'],
      [0.0015, '0.002'],
      [-0.0035, '-0.004'],
      [0.00251, '0.003'],
      [9.9995, '10.0'],
      [1.0005, '1.0'],
      [1e-7, '0.0'],
      [-1e-9, '0.0'],
      [999_999_999_999.5, '999999999999.5'],
    ]);
    for (const [value, text] of rounded) expect(dumpSfItem(value), text).toBe(text);
  });

  it.each<[string, unknown]>([
    ['16 digits', 1_000_000_000_000_000],
    ['13 digits before the point', 1_000_000_000_000.5],
    ['decimals that round up to 13', 999_999_999_999.9999],
    ['huge decimals', new SfDecimal(1e21)],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['line ends in strings', 'a\r\nb'],
    ['strings beyond ASCII', 'ü'],
    ['tokens with spaces', new SfToken('a b')],
    ['empty tokens', new SfToken('')],
    ['half a surrogate pair', new SfDisplayString('\ud800')],
    ['invalid dates', new Date(Number.NaN)],
    ['null', null],
    ['undefined', undefined],
    ['functions', () => 1],
    ['bigints', 1n],
    ['keys in upper case', { value: 1, params: { A: 1 } }],
    ['keys with line ends', { value: 1, params: { 'a\n': 1 } }],
    ['objects without a value', {}],
  ])('refuses %s', (_, value) => {
    expect(() => dumpSfItem(value as SfBareItem)).toThrow(InvalidHeaderError);
  });
});

describe('dumpSfList and dumpSfDictionary', () => {
  it('write members given in short', () => {
    expect(dumpSfList([new SfToken('gzip'), ['a', { value: 1, params: { x: 2 } }]])).toBe(
      'gzip, ("a" 1;x=2)',
    );
    expect(dumpSfList([{ value: ['a'], params: new Map([['q', true]]) }, []])).toBe('("a");q, ()');
    expect(dumpSfDictionary({ u: 1, i: true, off: false })).toBe('u=1, i, off=?0');
    expect(dumpSfDictionary([['a', { value: true, params: { b: 1 } }]])).toBe('a;b=1');
    expect(dumpSfList([])).toBe('');
    expect(dumpSfDictionary(new Map())).toBe('');
  });
});

const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,8}$/);
const bareItem: fc.Arbitrary<SfBareItem> = fc.oneof(
  fc
    .integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
    .filter((n) => !Object.is(n, -0)),
  fc
    .integer({ min: -999_999_999_999, max: 999_999_999_999 })
    .map((thousandths) => new SfDecimal(thousandths / 1000 || 0)),
  fc.stringMatching(/^[\x20-\x7e]*$/),
  fc.stringMatching(/^[a-zA-Z*][\w!#$%&'*+\-.^`|~:/]*$/).map((value) => new SfToken(value)),
  fc.uint8Array(),
  fc.boolean(),
  fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 }).map((n) => new Date(n * 1000)),
  fc.string({ unit: 'grapheme' }).map((value) => new SfDisplayString(value)),
);
const params = fc.array(fc.tuple(key, bareItem), { maxLength: 3 }).map((pairs) => new Map(pairs));
const item = fc.record({ value: bareItem, params }, { noNullPrototype: true });
const innerList = fc.record(
  { value: fc.array(item, { maxLength: 4 }), params },
  { noNullPrototype: true },
);
const member = fc.oneof(item, innerList);

describe('structured fields', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(item, (one) => {
        expect(parseSfItem(dumpSfItem(one))).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(fc.array(member), (list) => {
        expect(parseSfList(dumpSfList(list))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, member)), (pairs) => {
        const dictionary = new Map(pairs);
        expect(parseSfDictionary(dumpSfDictionary(dictionary))).toEqual(dictionary);
      }),
    );
  });

  it('are written again as themselves, or refused, whatever the input', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'a1"\\;=,()?:@%-. \tA*é') });
    fc.assert(
      fc.property(fc.oneof(noise, anyText()), (text) => {
        const list = parseSfList(text);
        if (list) expect(parseSfList(dumpSfList(list))).toEqual(list);
        const dictionary = parseSfDictionary(text);
        if (dictionary) {
          expect(parseSfDictionary(dumpSfDictionary(dictionary))).toEqual(dictionary);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

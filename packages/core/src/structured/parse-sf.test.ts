import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImmutableError } from '../errors/immutable-error.ts';
import { dumpSfDictionary, dumpSfItem, dumpSfList } from './dump-sf.ts';
import { parseSfDictionary, parseSfItem, parseSfList } from './parse-sf.ts';
import { SfDecimal } from './sf-decimal.ts';
import { SfDisplayString } from './sf-display-string.ts';
import { SfToken } from './sf-token.ts';
import type { SfItem, SfMember } from './sf-types.ts';

const item = (value: SfItem['value'], params: object = {}): SfItem => ({
  value,
  params: new Map(Object.entries(params)),
});
const inner = (value: SfItem[], params: object = {}): SfMember => ({
  value,
  params: new Map(Object.entries(params)),
});
const token = (value: string): SfToken => new SfToken(value);

describe('parseSfItem', () => {
  it('reads every type as RFC 9651 section 3.3 writes it', () => {
    const examples: [string, SfItem['value']][] = [
      ['42', 42],
      ['-0', 0],
      ['-999999999999999', -999_999_999_999_999],
      ['4.5', new SfDecimal(4.5)],
      ['1.0', new SfDecimal(1)],
      ['-0.125', new SfDecimal(-0.125)],
      ['"hello world"', 'hello world'],
      ['"a \\"b\\" \\\\"', 'a "b" \\'],
      ['foo123/456', token('foo123/456')],
      ['*a:b', token('*a:b')],
      ['?1', true],
      ['?0', false],
      ['@1659578233', new Date('2022-08-04T01:57:13Z')],
      ['@-62135596800', new Date('0001-01-01T00:00:00Z')],
      [
        '%"This is intended for display to %c3%bcsers."',
        new SfDisplayString('This is intended for display to üsers.'),
      ],
      [
        ':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:',
        new TextEncoder().encode('pretend this is binary content.'),
      ],
      ['::', new Uint8Array()],
      [':aGVsbG8:', new TextEncoder().encode('hello')],
    ];
    for (const [text, value] of examples) {
      expect(parseSfItem(text), text).toEqual(item(value));
      expect(parseSfItem(`  ${text}  `), text).toEqual(item(value));
    }
  });

  it('reads parameters in order; the last of a name counts and keeps its place', () => {
    expect(parseSfItem('5; foo=bar')).toEqual(item(5, { foo: token('bar') }));
    expect(parseSfItem('1; a; b=?0')).toEqual(item(1, { a: true, b: false }));
    const params = parseSfItem('1;a=1;b=2;a=3')!.params;
    expect([...params]).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it.each([
    '',
    ' ',
    '\t1',
    '1\t',
    '1 2',
    '1,2',
    '--1',
    '-',
    '1.',
    '.1',
    '1.1234',
    '1e3',
    '+1',
    '0x10',
    '1000000000000000',
    '1234567890123.1',
    '"a',
    '"a\\',
    '"a\\b"',
    '"\t"',
    '"ü"',
    '"a"b',
    "'a'",
    '?2',
    '?',
    '?true',
    ':a',
    ':a:',
    ':a b=:',
    ':_-8=:',
    ':YQ===:',
    '@',
    '@1.5',
    '@"1"',
    '@ 1',
    '@9999999999999999',
    '%a',
    '%"',
    '%"%C3%BC"',
    '%"%c3"',
    '%"%"',
    '%"ü"',
    '1;',
    '1;A',
    '1;a=',
    '1;a =1',
    '1;a= 1',
    '1 ;a',
    '(1)',
    'a b',
    'é',
    '1_0',
    '١',
  ])('refuses %j as a whole', (text) => {
    expect(parseSfItem(text)).toBeNull();
  });
});

describe('parseSfList', () => {
  it('reads the lists of RFC 9651 section 3.1', () => {
    expect(parseSfList('sugar, tea, rum')).toEqual(
      ['sugar', 'tea', 'rum'].map((v) => item(token(v))),
    );
    expect(parseSfList('("foo" "bar"), ("baz"), ("bat" "one"), ()')).toEqual([
      inner([item('foo'), item('bar')]),
      inner([item('baz')]),
      inner([item('bat'), item('one')]),
      inner([]),
    ]);
    expect(parseSfList('("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1')).toEqual([
      inner([item('foo', { a: 1, b: 2 })], { lvl: 5 }),
      inner([item('bar'), item('baz')], { lvl: 1 }),
    ]);
    expect(parseSfList('abc;a=1;b=2; cde_456, (ghi;jk=4 l);q="9";r=w')).toEqual([
      item(token('abc'), { a: 1, b: 2, cde_456: true }),
      inner([item(token('ghi'), { jk: 4 }), item(token('l'))], { q: '9', r: token('w') }),
    ]);
  });

  it('allows tabs about commas, and nothing at all', () => {
    expect(parseSfList('1\t,\t 2')).toEqual([item(1), item(2)]);
    expect(parseSfList('')).toEqual([]);
    expect(parseSfList(null)).toBeNull();
    expect(parseSfList(undefined)).toBeNull();
  });

  it.each(['1,', ',1', '1,,2', '1 2', '(1', '(1,2)', '(1\t2)', '(1)(2)', '("a""b")', '((1))', ')'])(
    'refuses %j as a whole',
    (text) => {
      expect(parseSfList(text)).toBeNull();
    },
  );
});

describe('parseSfDictionary', () => {
  it('reads the dictionaries of RFC 9651 section 3.2', () => {
    expect(parseSfDictionary('en="Applepie", da=:w4ZibGV0w6ZydGU=:')).toEqual(
      new Map([
        ['en', item('Applepie')],
        ['da', item(new TextEncoder().encode('Æbletærte'))],
      ]),
    );
    expect(parseSfDictionary('a=?0, b, c; foo=bar')).toEqual(
      new Map([
        ['a', item(false)],
        ['b', item(true)],
        ['c', item(true, { foo: token('bar') })],
      ]),
    );
    expect(parseSfDictionary('rating=1.5, feelings=(joy sadness)')).toEqual(
      new Map<string, SfMember>([
        ['rating', item(new SfDecimal(1.5))],
        ['feelings', inner([item(token('joy')), item(token('sadness'))])],
      ]),
    );
  });

  it('takes the last value of a repeated key, and any key there is', () => {
    const dictionary = parseSfDictionary('a=1, b, a=3')!;
    expect([...dictionary.keys()]).toEqual(['a', 'b']);
    expect(dictionary.get('a')).toEqual(item(3));
    expect(parseSfDictionary('constructor=1')!.get('constructor')).toEqual(item(1));
    expect(parseSfDictionary('a')!.get('toString')).toBeUndefined();
  });

  it.each(['a=1,', ',a', 'A=1', 'a=', 'a= 1', 'a =1', '1=a', 'a b', '__proto__=1', 'a=1 b=2'])(
    'refuses %j as a whole',
    (text) => {
      expect(parseSfDictionary(text)).toBeNull();
    },
  );
});

it('items without parameters share a map that nobody can change', () => {
  const params = parseSfItem('1')!.params as Map<string, number>;
  expect(() => params.set('a', 1)).toThrow(ImmutableError);
  expect(parseSfItem('2')!.params.size).toBe(0);
});

describe('a structured field with blanks around its parts', () => {
  const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,5}$/);
  const integer = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
  const text = fc.stringMatching(/^[ -~]{0,8}$/);
  const value = fc.oneof(integer, text, fc.boolean(), fc.uint8Array({ maxLength: 5 }));
  const blanks = fc.stringMatching(/^[ \t]{0,3}$/);
  const spaces = fc.stringMatching(/^ {0,3}$/);

  it('is read as the one without them', () => {
    fc.assert(
      fc.property(value, spaces, spaces, (one, before, after) => {
        expect(parseSfItem(before + dumpSfItem(one) + after)).toEqual(item(one));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.array(value), blanks, blanks, (list, before, after) => {
        const field = list.map(dumpSfItem).join(`${before},${after}`);
        expect(parseSfList(field)).toEqual(parseSfList(dumpSfList(list)));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value)), blanks, blanks, (members, before, after) => {
        const field = members
          .map((member) => dumpSfDictionary([member]))
          .join(`${before},${after}`);
        expect(parseSfDictionary(field)).toEqual(
          new Map(members.map(([name, one]) => [name, item(one)])),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is an item, or nothing, whatever the text', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'a1"\\;=,()?:@%-. \tA*é') });
    fc.assert(
      fc.property(noise, (field) => {
        const one = parseSfItem(field);
        if (one) expect(parseSfItem(dumpSfItem(one))).toEqual(one);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { MultiDict } from '../datastructures/multi-dict.ts';
import { parseQuery } from '../http/parse-query.ts';
import { dumpQuery } from './dump-query.ts';

describe('dumpQuery', () => {
  it('writes pairs, records, maps and dictionaries', () => {
    expect(
      dumpQuery([
        ['a', '1'],
        ['a', 2],
      ]),
    ).toBe('a=1&a=2');
    expect(dumpQuery({ a: ['1', '2'], b: true, c: [] })).toBe('a=1&a=2&b=true');
    expect(dumpQuery(new Map([['a', 'b c']]))).toBe('a=b+c');
    expect(
      dumpQuery(
        new MultiDict([
          ['a', '1'],
          ['b', '2'],
          ['a', '3'],
        ]),
      ),
    ).toBe('a=1&a=3&b=2');
  });

  it('leaves out what is null or undefined', () => {
    expect(dumpQuery({ a: null, b: undefined, c: ['x', null], d: '' })).toBe('c=x&d=');
  });

  it('encodes what would mean something else, and no more', () => {
    expect(dumpQuery([['q', "!$'()*,/:;?@~"]])).toBe("q=!$'()*,/:;?@~");
    expect(dumpQuery([['q', '+&=#% "<>\\^`{|}☃\n']])).toBe(
      'q=%2B%26%3D%23%25+%22%3C%3E%5C%5E%60%7B%7C%7D%E2%98%83%0A',
    );
    expect(dumpQuery([['a b', '\ud800']])).toBe('a+b=%EF%BF%BD');
  });

  it('writes what parseQuery reads', () => {
    const text = anyText().map((one) => one.toWellFormed());
    const pairs = fc.array(fc.tuple(text, text));
    const isKept = ([name, value]: readonly string[]) => name !== '' || value !== '';
    fc.assert(
      fc.property(pairs, (all) => {
        expect(parseQuery(dumpQuery(all)).filter(isKept)).toEqual(all.filter(isKept));
      }),
    );
  });
});

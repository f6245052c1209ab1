import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpHeader } from './dump-header.ts';
import { parseDictHeader } from './parse-dict-header.ts';

describe('parseDictHeader', () => {
  it('gives names their values, and null to those that stand alone', () => {
    expect({ ...parseDictHeader('a=1, b="2, \\"3\\"", c, D = x=y, a=4') }).toEqual({
      a: '4',
      b: '2, "3"',
      c: null,
      D: 'x=y',
    });
  });

  it('decodes extended values in known charsets', () => {
    expect({ ...parseDictHeader("a*=UTF-8'en'%C3%A9, b*=iso-8859-1''%FC, c*=UTF-7''%41") }).toEqual(
      {
        a: 'é',
        b: 'ü',
        c: '%41',
      },
    );
  });

  it('has no prototype to fall into', () => {
    const dict = parseDictHeader('__proto__=1, constructor');
    expect(Object.getPrototypeOf(dict)).toBeNull();
    expect(Object.keys(dict)).toEqual(['__proto__', 'constructor']);
  });

  it('gives nothing when a quote is not closed', () => {
    expect({ ...parseDictHeader('a=1, b="2') }).toEqual({});
  });

  it('reads what dumpHeader writes', () => {
    const name = fc.stringMatching(/^[a-z!#$&'^`|~.+-]{1,8}$/);
    const value = fc.option(anyText());
    fc.assert(
      fc.property(fc.dictionary(name, value), (dict) => {
        expect({ ...parseDictHeader(dumpHeader(dict)) }).toEqual({ ...dict });
      }),
    );
  });
});

describe('dumpHeader', () => {
  it('leaves out what is undefined, and encoded values as they are', () => {
    expect(dumpHeader({ a: 1, b: undefined, c: null, 'd*': "UTF-8''%41" })).toBe(
      "a=1, c, d*=UTF-8''%41",
    );
  });

  it('lets no name become something else', () => {
    expect(() => dumpHeader({ 'a=1, b': '2' })).toThrow(InvalidHeaderError);
  });
});

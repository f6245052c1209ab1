import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { MissingMemberError } from '../errors/missing-member-error.ts';
import { Accept } from './accept.ts';

describe('Accept', () => {
  it('puts the specific first, then the better, then the earlier', () => {
    expect([...Accept.fromHeader('*, a;q=0.5, b, c;q=0.5')]).toEqual([
      ['b', 1],
      ['a', 0.5],
      ['c', 0.5],
      ['*', 1],
    ]);
  });

  it('sorts many as it sorts few', () => {
    const many = Array.from({ length: 50 }, (_, index): [string, number] => [
      `v${index}`,
      (index % 10) / 10,
    ]);
    const sorted = [...new Accept(many)];
    expect(sorted.slice(0, 2)).toEqual([many[9], many[19]]);
    expect(sorted.at(-1)).toEqual(many[40]);
  });

  it('keeps parameters, and leaves out items with a quality that is none', () => {
    const accept = Accept.fromHeader('a;x=1;Q=0.2, b;q=2, c;q=x, d; x="y, z", e;q=0.125');
    expect([...accept]).toEqual([
      ['d; x="y, z"', 1],
      ['a; x=1', 0.2],
      ['e', 0.125],
    ]);
  });

  it('finds values in any case, and with an asterisk all', () => {
    const accept = Accept.fromHeader('GZIP;q=0.5, *;q=0.1, br;q=0');
    expect(accept.quality('gzip')).toBe(0.5);
    expect(accept.quality('zstd')).toBe(0.1);
    expect([accept.has('br'), accept.quality('br')]).toEqual([true, 0]);
    expect([accept.find('br'), accept.find('zstd')]).toEqual([1, 2]);
    expect(Accept.fromHeader('a').find('b')).toBe(-1);
    expect(() => Accept.fromHeader('a').index('b')).toThrow(MissingMemberError);
  });

  it('chooses what the client likes best', () => {
    const accept = Accept.fromHeader('gzip;q=0.5, br, *;q=0');
    expect(accept.bestMatch(['gzip', 'br'])).toBe('br');
    expect(accept.bestMatch(['zstd'])).toBeNull();
    expect(accept.bestMatch(['zstd'], 'identity')).toBe('identity');
    expect(accept.best).toBe('br');
    expect(new Accept().best).toBeNull();
  });

  it('tells a missing header from an empty one', () => {
    expect(Accept.fromHeader(null).provided).toBe(false);
    expect(new Accept([]).provided).toBe(true);
    expect(new Accept(Accept.fromHeader('a')).provided).toBe(true);
  });

  it('refuses a quality that cannot be', () => {
    expect(() => new Accept([['a', 1.5]])).toThrow(InvalidHeaderError);
    expect(() => new Accept([['a', Number.NaN]])).toThrow(InvalidHeaderError);
  });

  it('shows its text when it is logged', () => {
    expect(inspect(Accept.fromHeader('a;q=0.5, b'))).toBe('Accept "b,a;q=0.5"');
  });

  it('reads what it writes', () => {
    const token = fc.stringMatching(/^[a-z0-9!#$&'^`|~.+-]{1,8}$/);
    const quality = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(token, quality)), (items) => {
        const accept = new Accept(items);
        expect([...Accept.fromHeader(accept.toHeader())]).toEqual([...accept]);
      }),
    );
  });

  it('leaves out a value that is empty once unquoted', () => {
    expect([...Accept.fromHeader('"", a')]).toEqual([['a', 1]]);
  });

  it('takes any text', () => {
    const unit = fc.constantFrom('"', '\\', ';', ',', ' ', '=', 'q=', '0.', '1', '*');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        for (const [value, quality] of Accept.fromHeader(text)) {
          expect(value.length).toBeGreaterThan(0);
          expect(quality).toBeGreaterThanOrEqual(0);
          expect(quality).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ETags } from './etags.ts';

describe('ETags', () => {
  it('tells weak tags from strong ones', () => {
    const tags = ETags.fromHeader(' "a,b" , W/"c",, d');
    expect([[...tags.strong], [...tags.weak]]).toEqual([['a,b', 'd'], ['c']]);
    expect([tags.contains('c'), tags.containsWeak('c'), tags.isWeak('c')]).toEqual([
      false,
      true,
      true,
    ]);
    expect([tags.containsRaw('W/"c"'), tags.containsRaw('"c"'), tags.containsRaw('')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([...tags]).toEqual(['a,b', 'd']);
    expect([...tags.asSet(true)]).toEqual(['a,b', 'd', 'c']);
  });

  it('takes the star for everything', () => {
    const tags = ETags.fromHeader('*');
    expect([tags.has('x'), tags.isStrong('x'), tags.isEmpty, tags.toHeader()]).toEqual([
      true,
      false,
      false,
      '*',
    ]);
    expect(ETags.fromHeader('"*"').starTag).toBe(false);
  });

  it('keeps what is malformed to itself', () => {
    const tags = ETags.fromHeader('"a"b, "c, "d"');
    expect(tags.has('d')).toBe(true);
    expect(tags.has('a')).toBe(false);
    expect(() => tags.toHeader()).toThrow(InvalidHeaderError);
  });

  it('is empty without a header', () => {
    expect(ETags.fromHeader(undefined).isEmpty).toBe(true);
    expect(new ETags([], { weak: ['a'] }).isEmpty).toBe(false);
  });

  it('reads what it writes', () => {
    const tag = fc.stringMatching(/^[!#-~\x80-\xff ,]{0,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(tag), fc.uniqueArray(tag), (strong, weak) => {
        const tags = ETags.fromHeader(new ETags(strong, { weak }).toHeader());
        expect([[...tags.strong], [...tags.weak]]).toEqual([strong, weak]);
      }),
    );
  });
});

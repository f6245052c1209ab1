import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts';
import { MultiDict } from '../datastructures/multi-dict.ts';
import { parseQuery } from './parse-query.ts';
import { parseQueryDict } from './parse-query-dict.ts';

describe('parseQueryDict', () => {
  it('is a dictionary that nobody can change', () => {
    const args = parseQueryDict('a=1&a=2&b=%E2%98%83&c');
    expect(args).toBeInstanceOf(ImmutableMultiDict);
    expect(args.get('b')).toBe('☃');
    expect(args.getlist('a')).toEqual(['1', '2']);
    expect(args.toDict()).toEqual({ a: '1', b: '☃', c: '' });
  });

  it('finds what parseQuery gives, whatever is asked first', () => {
    const piece = fc.constantFrom('a', 'ab', '=', '&', '+', '%', '%61', '%C3', '\u00c3', '\u2603');
    const query = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    const name = fc.constantFrom('a', 'ab', 'b', '', 'a=', 'a b', 'aa', '%61', '\u00c3');
    fc.assert(
      fc.property(query, fc.array(name, { minLength: 1, maxLength: 6 }), (text, names) => {
        const args = parseQueryDict(text);
        const all = new MultiDict(parseQuery(text));
        for (const asked of names) {
          expect(args.get(asked)).toBe(all.get(asked));
          expect(args.has(asked)).toBe(all.has(asked));
        }
        expect([...args]).toEqual([...all]);
      }),
      { numRuns: 3_000 },
    );
  });
});

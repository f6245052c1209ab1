import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImmutableError } from '../errors/immutable-error.ts';
import { CombinedMultiDict } from './combined-multi-dict.ts';
import { ImmutableMultiDict } from './immutable-multi-dict.ts';
import { MultiDict } from './multi-dict.ts';

const READING = ['constructor', 'lists', 'find', 'size', 'copy'];
const CHANGING = Object.getOwnPropertyNames(MultiDict.prototype).filter(
  (name) => !READING.includes(name),
);

describe('ImmutableMultiDict', () => {
  it('refuses every change', () => {
    const dict = new ImmutableMultiDict({ a: '1' });
    for (const method of CHANGING) {
      expect(() => dict[method as 'add']('a', 'b'), method).toThrow(ImmutableError);
    }
    for (const [, values] of dict.lists()) {
      expect(() => (values as string[]).push('x')).toThrow(TypeError);
    }
    expect(dict.getlist('a')).toEqual(['1']);
  });

  it('reads as a MultiDict of the same pairs does, however many there are', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
    const pairs = fc.array(fc.tuple(key, fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(pairs, key, (init, asked) => {
        const [dict, same] = [new ImmutableMultiDict(init), new MultiDict(init)];
        expect(dict.get(asked)).toBe(same.get(asked));
        expect(dict.has(asked)).toBe(same.has(asked));
        expect(dict.getlist(asked)).toEqual(same.getlist(asked));
        expect([...dict.lists()]).toEqual([...same.lists()]);
        expect(dict.first(asked)).toBe(same.first(asked));
        expect(dict.size).toBe(same.size);
      }),
    );
  });

  it('keeps nothing of the pairs it is given that could be changed', () => {
    const pair: [string, string] = ['a', '1'];
    const init = [pair];
    const dict = new ImmutableMultiDict(init);
    pair[1] = '2';
    init.push(['b', '3']);
    expect([...dict]).toEqual([['a', '1']]);
  });

  it('copies to a dictionary that can be changed', () => {
    const dict = new ImmutableMultiDict({ a: '1' });
    const copy = dict.copy();
    copy.add('a', '2');
    expect(copy).toBeInstanceOf(MultiDict);
    expect(copy.getlist('a')).toEqual(['1', '2']);
    expect(dict.getlist('a')).toEqual(['1']);
  });
});

describe('CombinedMultiDict', () => {
  it('refuses every change', () => {
    const dict = new CombinedMultiDict([new MultiDict({ a: '1' })]);
    for (const method of CHANGING) {
      expect(() => dict[method as 'add']('a', 'b'), method).toThrow(ImmutableError);
    }
  });

  it('gives one value from the first dictionary and all from every one', () => {
    const args = new MultiDict({ a: 'x' });
    const form = new MultiDict({ a: '2', b: '3' });
    const values = new CombinedMultiDict([args, form]);
    expect(values.get('a')).toBe('x');
    expect(values.get('a', 0, { type: Number })).toBe(2);
    expect(values.getlist('a')).toEqual(['x', '2']);
    expect(values.size).toBe(2);
    form.add('c', '4');
    expect([...values.keys()]).toEqual(['a', 'b', 'c']);
  });
});

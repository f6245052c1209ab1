import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import { MultiDict } from './multi-dict.ts';

const PAIRS: readonly [key: string, value: string][] = [
  ['a', '1'],
  ['b', '2'],
  ['a', '3'],
];

describe('MultiDict', () => {
  it('is made of pairs, a record, a Map, a form or another', () => {
    const lists = [
      ['a', ['1', '3']],
      ['b', ['2']],
    ];
    expect([...new MultiDict(PAIRS).lists()]).toEqual(lists);
    expect([...new MultiDict({ a: ['1', '3'], b: '2' }).lists()]).toEqual(lists);
    expect([...new MultiDict(new MultiDict(PAIRS)).lists()]).toEqual(lists);
    expect([...new MultiDict(new URLSearchParams('a=1&b=2&a=3')).lists()]).toEqual(lists);
    expect([...new MultiDict(new Map([['a', [1]]])).lists()]).toEqual([['a', [[1]]]]);
  });

  it('gives the first value, or all of them', () => {
    const dict = new MultiDict(PAIRS);
    expect(dict.get('a')).toBe('1');
    expect(dict.getItem('a')).toBe('1');
    expect(dict.getlist('a')).toEqual(['1', '3']);
    expect([...dict.values()]).toEqual(['1', '2']);
    expect([...dict]).toEqual([
      ['a', '1'],
      ['a', '3'],
      ['b', '2'],
    ]);
  });

  it('answers a missing key with an error that is a 400', () => {
    const dict = new MultiDict();
    expect(() => dict.getItem('a')).toThrow(BadRequestKeyError);
    expect(() => dict.pop('a')).toThrow(BadRequestKeyError);
    expect(() => dict.popitem()).toThrow(BadRequestKeyError);
    expect(dict.pop('a', undefined)).toBeUndefined();
  });

  it('takes a key without values for missing when one is asked for', () => {
    const dict = new MultiDict();
    dict.setlist('a', []);
    expect(dict.has('a')).toBe(true);
    expect(dict.get('a', 'none')).toBe('none');
    expect(() => dict.getItem('a')).toThrow(BadRequestKeyError);
  });

  it('converts values, and its types follow', () => {
    const dict = new MultiDict({ page: '2', bad: 'x' });
    const page = dict.get('page', 1, { type: Number });
    expectTypeOf(page).toEqualTypeOf<number>();
    expect(page).toBe(2);
    expect(dict.get('bad', 1, { type: Number })).toBe(1);
    expect(dict.get('bad', undefined, { type: JSON.parse })).toBeUndefined();
    expectTypeOf(dict.get('page')).toEqualTypeOf<string | undefined>();
    expectTypeOf(dict.get('page', 0)).toEqualTypeOf<string | number>();
  });

  it('adds on update and keeps its lists to itself', () => {
    const dict = new MultiDict(PAIRS);
    dict.getlist('a').push('x');
    dict.copy().add('a', 'y');
    dict.update({ b: ['4', '5'] });
    dict.update(dict);
    expect(dict.getlist('a')).toEqual(['1', '3', '1', '3']);
    expect(dict.getlist('b')).toEqual(['2', '4', '5', '2', '4', '5']);
  });

  it('removes keys', () => {
    const dict = new MultiDict(PAIRS);
    expect(dict.delete('a')).toBe(true);
    expect(dict.delete('a')).toBe(false);
    dict.add('c', '9');
    expect(dict.popitem()).toEqual(['c', '9']);
    expect(dict.popitemlist()).toEqual(['b', ['2']]);
    expect(dict.size).toBe(0);
  });

  it('gives an object in which every key is an own one', () => {
    const dict = new MultiDict([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    const object = dict.toDict();
    expect(Object.keys(object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(JSON.stringify(dict)).toBe('{"__proto__":"x","constructor":"y"}');
    expect(new MultiDict().get('toString')).toBeUndefined();
  });

  it('has the values of a form in the order of the form', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.string()));
    fc.assert(
      fc.property(pairs, (list) => {
        const dict = new MultiDict(list);
        const form = new URLSearchParams(list);
        for (const key of form.keys()) {
          const values = dict.getlist(key).map((value) => value.toWellFormed());
          expect(values).toEqual(form.getAll(key));
        }
        expect(dict.size).toBe(new Set(form.keys()).size);
      }),
    );
  });
});

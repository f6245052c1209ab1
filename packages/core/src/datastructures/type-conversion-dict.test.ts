import { expect, expectTypeOf, it } from 'vitest';
import { TypeConversionDict } from './type-conversion-dict.ts';

const dict = new TypeConversionDict([
  ['page', '2'],
  ['word', 'a'],
]);

it('TypeConversionDict converts values, and gives the default for what is missing or refused', () => {
  expect(dict.get('page')).toBe('2');
  expect(dict.get('page', 1, { type: Number })).toBe(2);
  expect(dict.get('word', 1, { type: Number })).toBe(1);
  expect(dict.get('other', 1, { type: Number })).toBe(1);
  expect(dict.get('other', 'x')).toBe('x');
  expect(dict.get('toString')).toBeUndefined();
  expectTypeOf(dict.get('page', null, { type: Number })).toEqualTypeOf<number | null>();
});

it('TypeConversionDict lets errors pass that are no refusal', () => {
  const fail = () => {
    throw new Error('broken');
  };
  expect(() => dict.get('page', 1, { type: fail })).toThrow('broken');
  const refuse = () => {
    throw new RangeError('no');
  };
  expect(dict.get('page', 1, { type: refuse })).toBe(1);
});

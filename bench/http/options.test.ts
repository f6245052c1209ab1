import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('takes everything unless told otherwise', () => {
  const { parts, isWhole, rounds, seconds } = readOptions([]);
  expect([...parts]).toContain('stream-async');
  expect([...parts]).toContain('connections');
  expect({ isWhole, rounds, seconds }).toEqual({ isWhole: true, rounds: 5, seconds: 1 });
});

it('takes parts by their names, and says which there are', () => {
  const { parts, isWhole } = readOptions(['--only', 'hello,start', '--rounds', '2']);
  expect([...parts]).toEqual(['hello', 'start']);
  expect(isWhole).toBe(false);
  expect(() => readOptions(['--only', 'helo'])).toThrow('no part helo; --only takes hello,');
});

it('takes whole numbers above 0', () => {
  expect(() => readOptions(['--rounds', '0'])).toThrow('whole numbers');
  expect(() => readOptions(['--seconds', '1.5'])).toThrow('whole numbers');
});

import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('takes everything unless told otherwise', () => {
  const { parts, writes, rounds, seconds } = readOptions([]);
  expect([...parts]).toContain('stream-async');
  expect([...parts]).toContain('connections');
  expect({ writes, rounds, seconds }).toEqual({ writes: true, rounds: 5, seconds: 1 });
});

it('takes parts by their names, and says which there are', () => {
  const { parts, writes } = readOptions(['--only', 'hello,start', '--rounds', '2']);
  expect([...parts]).toEqual(['hello', 'start']);
  expect(writes).toBe(false);
  expect(readOptions(['--only', 'hello', '--write']).writes).toBe(true);
  expect(() => readOptions(['--only', 'helo'])).toThrow('no part helo; --only takes hello,');
});

it('takes whole numbers above 0', () => {
  expect(() => readOptions(['--rounds', '0'])).toThrow('whole numbers');
  expect(() => readOptions(['--seconds', '1.5'])).toThrow('whole numbers');
});

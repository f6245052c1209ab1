import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectTexts } from '../../test/collect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import { ChunkInput } from './chunk-input.ts';
import { chunkIterator } from './chunk-iterator.ts';
import { lineIterator } from './line-iterator.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const cut = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 6 }));

describe('lineIterator', () => {
  it('gives lines with their ends, of streams and of chunks', async () => {
    const chunks = [encode('a\nb'), encode('c\n'), encode('\nd')];
    expect(await collectTexts(lineIterator(new ChunkInput(chunks)))).toEqual([
      'a\n',
      'bc\n',
      '\n',
      'd',
    ]);
    expect(await collectTexts(lineIterator(chunks))).toEqual(['a\n', 'bc\n', '\n', 'd']);
    expect(await collectTexts(lineIterator([]))).toEqual([]);
  });

  it('refuses a line that is too long, and takes one that just fits', async () => {
    expect(await collectTexts(lineIterator([encode('abc\nd')], { maxLength: 4 }))).toEqual([
      'abc\n',
      'd',
    ]);
    await expect(collectTexts(lineIterator([encode('abcd\n')], { maxLength: 4 }))).rejects.toThrow(
      RequestEntityTooLarge,
    );
    const endless = new Uint8Array(65_536);
    const source = Array.from({ length: 20 }, () => endless);
    await expect(collectTexts(lineIterator(source))).rejects.toThrow(RequestEntityTooLarge);
  });
});

describe('chunkIterator', () => {
  it('gives what stands between separators', async () => {
    const chunks = ['abc', 'def|gh', 'i|', '|jkl'].map(encode);
    expect(await collectTexts(chunkIterator(chunks, '|'))).toEqual(['abcdef', 'ghi', '', 'jkl']);
    expect(await collectTexts(chunkIterator([encode('a|b|')], '|'))).toEqual(['a', 'b']);
    expect(await collectTexts(chunkIterator(new ChunkInput([encode('a\r\nb')]), '\r\n'))).toEqual([
      'a',
      'b',
    ]);
    expect(await collectTexts(chunkIterator([], '|'))).toEqual([]);
  });

  it('refuses a piece that is too long, and an empty separator', async () => {
    await expect(
      collectTexts(chunkIterator([encode('abcd|')], '|', { maxLength: 4 })),
    ).rejects.toThrow(RequestEntityTooLarge);
    await expect(
      collectTexts(chunkIterator([encode('abcde')], '|', { maxLength: 4 })),
    ).rejects.toThrow(RequestEntityTooLarge);
    await expect(collectTexts(chunkIterator([], ''))).rejects.toThrow(ArgumentError);
  });

  it('splits as String.split does, however the input is cut', async () => {
    await fc.assert(
      fc.asyncProperty(cut, fc.constantFrom('-', 'ab', 'aab', 'abab', 'aa'), async (chunks, by) => {
        const wanted = chunks.join('').split(by);
        if (wanted.at(-1) === '') wanted.pop();
        expect(await collectTexts(chunkIterator(chunks.map(encode), by))).toEqual(wanted);
      }),
    );
  });
});

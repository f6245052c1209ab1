import { Readable } from 'node:stream';
import { concatBytes } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { TruncatedBodyError } from '../errors/wrapper-errors.ts';
import type { StreamSource } from '../response/body-source.ts';
import { bytes } from '../testing/environ.ts';
import { PieceStream } from './piece-stream.ts';

async function textOf(source: StreamSource, start: number, stop: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of new PieceStream(source, [[start, stop]])) chunks.push(chunk);
  return new TextDecoder().decode(concatBytes(chunks));
}

describe('a range of a stream', () => {
  it('is the same as of the bytes in one, however they are cut', async () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    const position = fc.nat({ max: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), position, position, async (chunks, one, other) => {
        const whole = chunks.join('');
        const [start, stop] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(start < stop && stop <= whole.length);
        for (const source of [new Set(chunks.map(bytes)), Readable.from(chunks.map(bytes))]) {
          expect(await textOf(source, start, stop)).toBe(whole.slice(start, stop));
        }
      }),
    );
  });

  it('pulls no further than it reaches, and gives the source up', async () => {
    const events: string[] = [];
    const source = (function* () {
      try {
        for (const piece of ['0123', '4567', '89']) {
          events.push(piece);
          yield piece;
        }
      } finally {
        events.push('end');
      }
    })();
    expect(await textOf(source, 2, 6)).toBe('2345');
    expect(events).toEqual(['0123', '4567', 'end']);
  });

  it('ends a stream of the platform, read or not', async () => {
    const cancel = vi.fn();
    const endless = () =>
      new ReadableStream({ pull: (controller) => controller.enqueue('abc'), cancel });
    expect(await textOf(endless(), 1, 5)).toBe('bcab');
    expect(cancel).toHaveBeenCalledTimes(1);
    const unread = new PieceStream(endless(), [[0, 1]]);
    await unread.close();
    await unread.close();
    expect(cancel).toHaveBeenCalledTimes(2);
    expect(await unread.next()).toEqual({ done: true, value: undefined });
  });

  it('destroys a Node stream while a read waits', async () => {
    const source = new Readable({ read: () => {} });
    const stream = new PieceStream(source, [[0, 1]]);
    const pending = stream.next().catch((error: unknown) => error);
    await stream.close();
    await pending;
    expect(source.destroyed).toBe(true);
  });

  it('fails when the source ends before it does', async () => {
    await expect(textOf(new Set(['abc']), 2, 6)).rejects.toThrow(TruncatedBodyError);
    await expect(textOf(new Set(['abc']), 2, 6)).rejects.toThrow('ended 3 bytes before');
  });
});

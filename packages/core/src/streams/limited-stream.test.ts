import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../errors/argument-error.ts';
import { ClientDisconnected } from '../exceptions/bad-request.ts';
import { RequestEntityTooLarge } from '../exceptions/content-errors.ts';
import { ChunkInput } from './chunk-input.ts';
import { LimitedStream, type LimitedStreamOptions } from './limited-stream.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function limited(chunks: readonly string[], limit: number, options?: LimitedStreamOptions) {
  const input = new ChunkInput(chunks.map((chunk) => encoder.encode(chunk)));
  return { input, stream: new LimitedStream(input, limit, options) };
}

async function text(bytes: Promise<Uint8Array>): Promise<string> {
  return decoder.decode(await bytes);
}

describe('LimitedStream with an exact length', () => {
  it('ends at the limit and takes nothing beyond it', async () => {
    const { input, stream } = limited(['hello world'], 5);
    expect(await text(stream.read(2))).toBe('he');
    expect(stream.tell()).toBe(2);
    expect(stream.isExhausted).toBe(false);
    expect(await text(stream.readAll())).toBe('llo');
    expect(stream.isExhausted).toBe(true);
    expect(await text(stream.read())).toBe('');
    expect(await text(stream.read(1))).toBe('');
    expect(await text(stream.readLine())).toBe('');
    expect(await text(input.read())).toBe(' world');
  });

  it('rejects when the input ends before it', async () => {
    await expect(limited(['hell'], 5).stream.read()).rejects.toThrow(ClientDisconnected);
    await expect(limited(['hell'], 5).stream.exhaust()).rejects.toThrow('after 4 of 5 bytes');
    const { stream } = limited(['a\n', 'b'], 5);
    expect(await text(stream.readLine())).toBe('a\n');
    expect(await text(stream.readLine())).toBe('b');
    await expect(stream.readLine()).rejects.toThrow(ClientDisconnected);
    await expect(
      (async () => {
        for await (const _ of limited(['hell'], 5).stream);
      })(),
    ).rejects.toThrow(ClientDisconnected);
  });

  it('reads lines up to the limit', async () => {
    const { stream } = limited(['ab', 'c\nde\nf'], 6);
    expect(await text(stream.readLine(2))).toBe('ab');
    expect(await text(stream.readLine())).toBe('c\n');
    expect(await text(stream.readLine())).toBe('de');
    expect(await text(stream.readLine())).toBe('');
  });

  it('reads the rest away', async () => {
    const { input, stream } = limited(['hello', ' world'], 7);
    await stream.read(1);
    await stream.exhaust();
    expect(stream.isExhausted).toBe(true);
    expect(await text(input.read())).toBe('orld');
  });

  it('of 0 reads nothing', async () => {
    const { stream } = limited([], 0);
    expect(stream.isExhausted).toBe(true);
    expect(await text(stream.read())).toBe('');
  });
});

describe('LimitedStream with a maximum', () => {
  it('is complete below the maximum and at it', async () => {
    expect(await text(limited(['hello'], 9, { isMax: true }).stream.read())).toBe('hello');
    expect(await text(limited(['hello'], 5, { isMax: true }).stream.read())).toBe('hello');
    const { stream } = limited(['hello'], 5, { isMax: true });
    expect(await text(stream.read(9))).toBe('hello');
    expect(await text(stream.read(9))).toBe('');
  });

  it('rejects the read that finds more, and every one after it', async () => {
    const { stream } = limited(['hello world'], 5, { isMax: true });
    expect(await text(stream.read(9))).toBe('hello');
    for (const read of [() => stream.read(1), () => stream.readLine(), () => stream.exhaust()]) {
      await expect(read()).rejects.toThrow(RequestEntityTooLarge);
    }
    await expect(limited(['hello', '!'], 5, { isMax: true }).stream.read()).rejects.toThrow(
      'more than the 5 bytes',
    );
  });

  it('lets a subclass say what happens', async () => {
    class Polite extends LimitedStream {
      override onExhausted(): never {
        throw new RangeError('That will do.');
      }
    }
    const stream = new Polite(new ChunkInput([encoder.encode('ab')]), 1, { isMax: true });
    await expect(stream.read()).rejects.toThrow('That will do.');
  });
});

describe('LimitedStream', () => {
  it('refuses a second read at the same time', async () => {
    const { stream } = limited(['a', 'b'], 2);
    const first = stream.read();
    await expect(stream.read(1)).rejects.toThrow('one read before the next');
    expect(await text(first)).toBe('ab');
  });

  it('refuses sizes that are none', async () => {
    const { stream } = limited(['a'], 1);
    await expect(stream.read(-1)).rejects.toThrow(ArgumentError);
    await expect(stream.readLine(Number.NaN)).rejects.toThrow(ArgumentError);
    expect(await text(stream.read(0))).toBe('');
    expect(() => new LimitedStream(stream, -1)).toThrow(ArgumentError);
  });

  it('gives exactly the first bytes, however they are cut and read', async () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 5 });
    const read = fc.option(fc.integer({ min: 1, max: 4 }));
    const runs = fc.asyncProperty(
      fc.array(chunk),
      fc.array(fc.tuple(fc.boolean(), read)),
      fc.nat(20),
      async (chunks, reads, limit) => {
        const whole = chunks.join('');
        const { stream } = limited(chunks, Math.min(limit, whole.length));
        let got = '';
        for (const [isLine, size] of reads) {
          got += await text(
            isLine ? stream.readLine(size ?? undefined) : stream.read(size ?? undefined),
          );
          expect(stream.tell()).toBe(got.length);
        }
        expect(got + (await text(stream.read()))).toBe(whole.slice(0, limit));
      },
    );
    await fc.assert(runs);
  });
});

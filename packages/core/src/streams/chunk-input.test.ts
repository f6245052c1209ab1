import { describe, expect, it } from 'vitest';
import { ChunkInput } from './chunk-input.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const input = (...chunks: string[]) => new ChunkInput(chunks.map((chunk) => encoder.encode(chunk)));
const text = async (bytes: Promise<Uint8Array>) => decoder.decode(await bytes);

describe('ChunkInput', () => {
  it('gives what is at hand, then nothing, every time', async () => {
    const stream = input('abc', '', 'de');
    expect(await text(stream.read(2))).toBe('ab');
    expect(await text(stream.read(9))).toBe('c');
    expect(await text(stream.read())).toBe('de');
    expect(await text(stream.read())).toBe('');
    expect(await text(stream.read(1))).toBe('');
  });

  it('gives lines across chunks, and shares one position with reads', async () => {
    const stream = input('a', 'b\nc', 'd\n\ne');
    expect(await text(stream.readLine())).toBe('ab\n');
    expect(await text(stream.read(1))).toBe('c');
    expect(await text(stream.readLine())).toBe('d\n');
    expect(await text(stream.readLine(5))).toBe('\n');
    expect(await text(stream.readLine(0))).toBe('');
    expect(await text(stream.readLine())).toBe('e');
    expect(await text(stream.readLine())).toBe('');
  });

  it('takes async iterables, and ends them when a loop is left', async () => {
    const events: string[] = [];
    async function* source() {
      try {
        yield encoder.encode('a');
        yield encoder.encode('b');
      } finally {
        events.push('closed');
      }
    }
    for await (const chunk of new ChunkInput(source())) {
      events.push(decoder.decode(chunk));
      break;
    }
    expect(events).toEqual(['a', 'closed']);
    expect(await text(new ChunkInput(source()).read())).toBe('ab');
  });

  it('passes errors of its source on', async () => {
    async function* source() {
      yield encoder.encode('a');
      throw new Error('broken');
    }
    await expect(new ChunkInput(source()).read()).rejects.toThrow('broken');
  });

  it('refuses a second read at the same time', async () => {
    const stream = input('a');
    const first = stream.readLine();
    await expect(stream.read()).rejects.toMatchObject({ code: 'WERKSTATT_ERR_INPUT_BUSY' });
    expect(await text(first)).toBe('a');
  });
});

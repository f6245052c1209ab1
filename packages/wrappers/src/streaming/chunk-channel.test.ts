import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkChannel } from './chunk-channel.ts';

const bytes = (length: number, fill = 0) => new Uint8Array(length).fill(fill);
const done = { done: true, value: undefined };

/** Whether a promise has settled by now. */
async function settled(promise: Promise<unknown> | undefined): Promise<boolean> {
  const no = Symbol('no');
  await new Promise((resolve) => setTimeout(resolve));
  return (await Promise.race([promise, no])) !== no;
}

describe('a channel of chunks', () => {
  it('gives chunks in the order in which they were put, then the end', async () => {
    const channel = new ChunkChannel(100);
    channel.put(bytes(1, 1));
    channel.put(bytes(1, 2));
    channel.close();
    expect(await channel.take()).toEqual({ done: false, value: bytes(1, 1) });
    expect(await channel.take()).toEqual({ done: false, value: bytes(1, 2) });
    expect(await channel.take()).toEqual(done);
    expect(await channel.take()).toEqual(done);
  });

  it('hands a chunk to one who waits for it, and counts nothing', async () => {
    const channel = new ChunkChannel(0);
    const taken = channel.take();
    expect(channel.put(bytes(5))).toBeUndefined();
    expect(channel.waiting).toBe(0);
    expect(await taken).toEqual({ done: false, value: bytes(5) });
  });

  it('asks for patience while more than the high-water mark waits', async () => {
    const channel = new ChunkChannel(10);
    expect(channel.put(bytes(10))).toBeUndefined();
    const room = channel.put(bytes(1));
    expect(await settled(room)).toBe(false);
    await channel.take();
    expect(await settled(room)).toBe(true);
    expect(channel.put(bytes(9))).toBeUndefined();
  });

  it('leaves empty chunks out', async () => {
    const channel = new ChunkChannel(0);
    const taken = channel.take();
    channel.put(bytes(0));
    channel.put(bytes(1));
    expect(await taken).toEqual({ done: false, value: bytes(1) });
  });

  it('is flushed when all was taken', async () => {
    const channel = new ChunkChannel(100);
    await channel.flush();
    channel.put(bytes(1));
    const flushed = channel.flush();
    expect(await settled(flushed)).toBe(false);
    await channel.take();
    expect(await settled(flushed)).toBe(true);
  });

  it('gives what waits before an error', async () => {
    const channel = new ChunkChannel(0);
    const room = channel.put(bytes(1));
    const error = new Error('broken');
    channel.fail(error);
    await expect(room).rejects.toBe(error);
    await expect(channel.put(bytes(1))).rejects.toBe(error);
    expect(await channel.take()).toEqual({ done: false, value: bytes(1) });
    await expect(channel.take()).rejects.toBe(error);
  });

  it('fails at once for one who waits', async () => {
    const channel = new ChunkChannel(0);
    const taken = channel.take();
    channel.fail(new Error('broken'));
    await expect(taken).rejects.toThrow('broken');
  });

  it('that was given up has an end for who takes, and an error for who writes', async () => {
    const channel = new ChunkChannel(0);
    const taken = channel.take();
    channel.put(bytes(1));
    await taken;
    const room = channel.put(bytes(1));
    const flushed = channel.flush();
    const error = new Error('gone');
    channel.giveUp(error);
    await expect(room).rejects.toBe(error);
    await expect(flushed).rejects.toBe(error);
    await expect(channel.put(bytes(1))).rejects.toBe(error);
    expect(await channel.take()).toEqual(done);
    expect(channel.waiting).toBe(0);
  });

  it('keeps the first of its ends', async () => {
    const channel = new ChunkChannel(0);
    channel.close();
    channel.fail(new Error('too late'));
    expect(channel.put(bytes(1))).toBeUndefined();
    expect(await channel.take()).toEqual(done);
  });

  it('loses, doubles and swaps nothing, however puts and takes follow each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 400 }), async (steps) => {
        const channel = new ChunkChannel(3);
        let put = 0;
        const taken: ReturnType<ChunkChannel['take']>[] = [];
        for (const isPut of steps) {
          if (isPut) channel.put(Uint8Array.of(put++ % 256));
          else taken.push(channel.take());
        }
        channel.close();
        while (taken.length < put) taken.push(channel.take());
        const values = await Promise.all(taken);
        expect(values.flatMap(({ value }) => (value ? [...value] : []))).toEqual(
          Array.from({ length: put }, (_, index) => index % 256),
        );
        expect(channel.waiting).toBe(0);
      }),
    );
  });
});

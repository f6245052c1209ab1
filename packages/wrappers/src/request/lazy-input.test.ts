import { ChunkInput } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { bytes } from '../testing/environ.ts';
import { LazyInput } from './lazy-input.ts';

const chunks = () => new ChunkInput([bytes('a\nb'), bytes('c')]);

describe('LazyInput', () => {
  it('opens nothing before it is read, and asks before each read', async () => {
    const input = chunks();
    const open = vi.fn(() => input);
    const lazy = new LazyInput(open);
    const all = lazy[Symbol.asyncIterator]();
    expect(open).not.toHaveBeenCalled();
    expect(await lazy.readLine()).toEqual(bytes('a\n'));
    expect(await lazy.read(1)).toEqual(bytes('b'));
    expect(open).toHaveBeenCalledTimes(2);
    expect(await all.next()).toEqual({ done: false, value: bytes('c') });
    expect(await all.next()).toEqual({ done: true, value: undefined });
    expect(open).toHaveBeenCalledTimes(4);
  });

  it('rejects when it is not to be read, also amid a loop', async () => {
    const input = chunks();
    let over = false;
    const lazy = new LazyInput(() => {
      if (over) throw new Error('over');
      return input;
    });
    const loop = async () => {
      for await (const _chunk of lazy) over = true;
    };
    await expect(loop()).rejects.toThrow('over');
    await expect(lazy.read()).rejects.toThrow('over');
    await expect(lazy.readLine()).rejects.toThrow('over');
  });
});

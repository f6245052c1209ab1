import { ChunkInput } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/environ.ts';
import { WatchedInput } from './watched-input.ts';

const chunks = () => new ChunkInput([bytes('a\nb'), bytes('c')]);

describe('WatchedInput', () => {
  it('reads what its input does, and asks before each read', async () => {
    let asked = 0;
    const input = new WatchedInput(chunks(), () => void asked++);
    expect(await input.readLine()).toEqual(bytes('a\n'));
    expect(await input.read(1)).toEqual(bytes('b'));
    expect(asked).toBe(2);
    const rest: Uint8Array[] = [];
    for await (const chunk of input) rest.push(chunk);
    expect(rest).toEqual([bytes('c')]);
    expect(asked).toBe(4);
  });

  it('rejects when it is told to, also amid a loop', async () => {
    let over = false;
    const input = new WatchedInput(chunks(), () => {
      if (over) throw new Error('over');
    });
    const loop = async () => {
      for await (const _chunk of input) over = true;
    };
    await expect(loop()).rejects.toThrow('over');
    await expect(input.read()).rejects.toThrow('over');
    await expect(input.readLine()).rejects.toThrow('over');
  });
});

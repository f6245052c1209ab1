import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ChunkInput } from '@werkstatt/core';
import { expect, it } from 'vitest';
import { bytes } from '../testing/environ.ts';
import { partHead } from '../testing/form.ts';
import { FormDataParser } from './form-data-parser.ts';
import { formParts } from './form-parts.ts';
import type { TemporaryFile } from './temporary-file.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const MIB = 1024 * 1024;
const OPTIONS = { boundary: 'b' };

/** What is kept in memory at most, in MiB, while the chunks of a body are read. */
class Watched {
  #base = 0;
  peak = 0;

  async *chunks(count: number, make: (index: number) => Uint8Array): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index++) {
      if (index % Math.ceil(count / 8) === 0) await this.#look(index);
      yield make(index);
    }
    await this.#look(count);
    yield bytes('\r\n--b--\r\n');
  }

  async #look(index: number): Promise<void> {
    collectGarbage();
    // What was found then is freed by another thread.
    await setImmediate();
    collectGarbage();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    const used = (arrayBuffers + heapUsed) / MIB;
    if (index === 0) this.#base = used;
    this.peak = Math.max(this.peak, used - this.#base);
  }
}

/** A disk that has room for everything, and keeps nothing. */
const bottomless: TemporaryFile = {
  write: async () => {},
  read: async (into) => into.length,
  close: async () => {},
};

const fileChunk = (index: number) =>
  index === 0 ? partHead({ name: 'f', filename: 'x' }) : new Uint8Array(65_536).fill(120);

it('the memory for a form does not grow with its files', async () => {
  const watched = new Watched();
  const parser = new FormDataParser({ openFile: async () => bottomless });
  const input = new ChunkInput(watched.chunks(6401, fileChunk));
  const { files } = await parser.parse(input, 'multipart/form-data', undefined, OPTIONS);
  expect(files.get('f')?.size).toBe(400 * MIB);
  expect(watched.peak).toBeLessThan(4);
});

it('the memory for parts does not grow with the size of one', async () => {
  const watched = new Watched();
  let size = 0;
  for await (const part of formParts(new ChunkInput(watched.chunks(6401, fileChunk)), OPTIONS)) {
    for await (const chunk of part) size += chunk.length;
  }
  expect(size).toBe(400 * MIB);
  expect(watched.peak).toBeLessThan(4);
});

it('the memory for parts does not grow with their number', async () => {
  const watched = new Watched();
  const part = Buffer.concat([partHead({ name: 'a' }), bytes('x\r\n')]);
  const hundred = Buffer.concat(Array(100).fill(part));
  const input = new ChunkInput(watched.chunks(1000, () => new Uint8Array(hundred)));
  let count = 0;
  for await (const part of formParts(input, OPTIONS, { maxFormParts: 1_000_000 })) {
    count += Number((await part.text()).length > 0);
  }
  expect(count).toBe(100_000);
  expect(watched.peak).toBeLessThan(4);
});

it('a field in many small pieces keeps none of the chunks alive that they came in', async () => {
  const watched = new Watched();
  const chunk = (index: number) =>
    index === 0 ? partHead({ name: 'a' }) : new Uint8Array(65_536).fill(120).subarray(0, 10);
  const input = new ChunkInput(watched.chunks(2000, chunk));
  const { form } = await new FormDataParser().parse(
    input,
    'multipart/form-data',
    undefined,
    OPTIONS,
  );
  expect(form.get('a')?.length).toBe(19_990);
  expect(watched.peak).toBeLessThan(4);
});

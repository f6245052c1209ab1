import { readdir, rm } from 'node:fs/promises';
import { concatBytes, RequestEntityTooLarge } from '@werkstatt/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpoolError } from '../errors/wrapper-errors.ts';
import { createTemporaryFile } from '../node/temporary-file.ts';
import { FakeFile } from '../testing/fake-file.ts';
import { openDescriptors, testFolder } from '../testing/files.ts';
import { Spool } from './spool.ts';
import type { SpooledContent } from './spooled-content.ts';

async function read(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return concatBytes(chunks);
}

/** Writes a file of one chunk. */
async function add(spool: Spool, ...chunks: Uint8Array[]): Promise<SpooledContent> {
  const start = spool.size;
  for (const chunk of chunks) await spool.write(chunk);
  return spool.contentOf(start, spool.size - start);
}

const filled = (length: number, value: number) => new Uint8Array(length).fill(value);

describe('a spool', () => {
  it('stays in memory while all of its files together are small', async () => {
    const spool = new Spool({ spoolThreshold: 10 });
    const one = await add(spool, filled(4, 1));
    const other = await add(spool, filled(6, 2));
    expect(spool.isOnDisk).toBe(false);
    expect([one.size, other.size, spool.size]).toEqual([4, 6, 10]);
    expect(await read(one)).toEqual(filled(4, 1));
    expect(await read(other)).toEqual(filled(6, 2));
    await spool.close();
  });

  it('has 512 KiB of memory unless told otherwise', async () => {
    const spool = new Spool();
    const one = await add(spool, filled(524_288, 1));
    expect(spool.isOnDisk).toBe(false);
    const other = await add(spool, filled(1, 2));
    expect(spool.isOnDisk).toBe(true);
    expect(await read(one)).toEqual(filled(524_288, 1));
    expect(await read(other)).toEqual(filled(1, 2));
    await spool.close();
  });

  it('gives back what was written, wherever it is and however it was cut', async () => {
    const files = fc.array(
      fc.array(fc.oneof(fc.nat(20), fc.constantFrom(65_536, 262_143, 262_144, 300_000)), {
        maxLength: 5,
      }),
      { maxLength: 5 },
    );
    const runs = fc.asyncProperty(files, fc.constantFrom(0, 15, 100_000), async (sizes, limit) => {
      const spool = new Spool({ spoolThreshold: limit, openFile: async () => new FakeFile() });
      let value = 0;
      const written = [];
      for (const chunkSizes of sizes) {
        const chunks = chunkSizes.map((size) => filled(size, ++value));
        written.push({ content: await add(spool, ...chunks), bytes: Buffer.concat(chunks) });
      }
      for (const { content, bytes } of written) {
        expect(content.size).toBe(bytes.length);
        expect(Buffer.compare(await read(content), bytes)).toBe(0);
      }
      expect(spool.isOnDisk).toBe(spool.size > limit);
    });
    await fc.assert(runs, { numRuns: 50 });
  });

  it('can be read again, by several at a time, in chunks of their own', async () => {
    for (const spoolThreshold of [0, 1_000_000]) {
      const spool = new Spool({ spoolThreshold });
      const content = await add(spool, filled(200_000, 7));
      for await (const chunk of content) {
        expect(chunk.length).toBeLessThanOrEqual(65_536);
        chunk.fill(0);
      }
      const all = await Promise.all([read(content), read(content)]);
      expect(all).toEqual([filled(200_000, 7), filled(200_000, 7)]);
      await spool.close();
    }
  });

  it('gives what was written while more is being written', async () => {
    const file = new FakeFile();
    const spool = new Spool({ spoolThreshold: 300_000, openFile: async () => file });
    const content = await add(spool, filled(1000, 7));
    for (let index = 0; index < 30; index++) {
      let done = false;
      const written = Promise.resolve(spool.write(filled(90_000, 9))).then(() => (done = true));
      while (!done) expect(await spool.read(0, 1)).toEqual(filled(1, 7));
      await written;
    }
    expect(await read(content)).toEqual(filled(1000, 7));
  });

  it('copies what it is given', async () => {
    const spool = new Spool();
    const bytes = filled(3, 1);
    const content = await add(spool, bytes);
    bytes.fill(9);
    expect(await read(content)).toEqual(filled(3, 1));
  });

  it('writes small pieces to the disk in large ones', async () => {
    const file = new FakeFile();
    const spool = new Spool({ spoolThreshold: 0, openFile: async () => file });
    for (let index = 0; index < 10_000; index++) await spool.write(filled(100, 1));
    expect(file.writes).toBeLessThan(6);
    expect(file.size).toBeGreaterThan(700_000);
  });

  it('has a file of its own only when it needs one', async () => {
    let opened = 0;
    const openFile = async () => {
      opened++;
      return new FakeFile();
    };
    const spool = new Spool({ spoolThreshold: 5, openFile });
    await add(spool, filled(5, 1));
    expect(opened).toBe(0);
    for (let index = 0; index < 1000; index++) await add(spool, filled(1000, 1));
    expect(opened).toBe(1);
  });
});

describe('closing a spool', () => {
  it('happens with the last of its contents, when no more come', async () => {
    const file = new FakeFile();
    const spool = new Spool({ spoolThreshold: 0, openFile: async () => file });
    const [one, other] = [await add(spool, filled(1, 1)), await add(spool, filled(1, 2))];
    await one.close();
    await spool.seal();
    expect(file.closed).toBe(0);
    await other.close();
    await other.close();
    await spool.close();
    expect(file.closed).toBe(1);

    const early = new Spool({ spoolThreshold: 0, openFile: async () => file });
    await (await add(early, filled(1, 1))).close();
    expect(file.closed).toBe(1);
    await early.seal();
    expect(file.closed).toBe(2);
  });

  it('makes reading a clear error, in the middle too', async () => {
    for (const spoolThreshold of [0, 1_000_000]) {
      const spool = new Spool({ spoolThreshold });
      const [one, other] = [await add(spool, filled(100_000, 1)), await add(spool)];
      const chunks = one[Symbol.asyncIterator]();
      await chunks.next();
      await one.close();
      await expect(chunks.next()).rejects.toThrow('The uploaded file is closed');
      await expect(read(one)).rejects.toThrow(SpoolError);
      expect(await read(other)).toEqual(new Uint8Array());
      await other.close();
      await expect(read(other)).rejects.toThrow(SpoolError);
      const last = await add(spool, filled(1, 1));
      await spool.close();
      await expect(read(last)).rejects.toThrow('read or save it before');
    }
  });

  it('waits for no file that is opened later, and closes that', async () => {
    const file = new FakeFile();
    const opening = Promise.withResolvers<FakeFile>();
    const spool = new Spool({ spoolThreshold: 0, openFile: () => opening.promise });
    const written = spool.write(filled(1, 1));
    await spool.close();
    opening.resolve(file);
    await expect(written).rejects.toThrow(SpoolError);
    expect(file.closed).toBe(1);
  });
});

describe('a disk that fails', () => {
  it('is told with its reason and what to do', async () => {
    const full = new FakeFile({ failure: new Error('ENOSPC: no space left on device, write') });
    const spool = new Spool({ spoolThreshold: 10, openFile: async () => full });
    await spool.write(filled(10, 1));
    const written = spool.write(filled(1, 1));
    await expect(written).rejects.toThrow(SpoolError);
    await expect(written).rejects.toThrow(/could not be written: ENOSPC.*TMPDIR/);
    await expect(written).rejects.toMatchObject({ code: 'WERKSTATT_ERR_SPOOL', cause: {} });
    await spool.close();
    expect(full.closed).toBe(1);
  });

  it('is told as well when it has no file, or loses one', async () => {
    const refusing = new Spool({
      spoolThreshold: 0,
      openFile: () => Promise.reject(new Error('EMFILE: too many open files')),
    });
    await expect(refusing.write(filled(1, 1))).rejects.toThrow(/could not be opened: EMFILE/);
    await refusing.close();

    const file = new FakeFile();
    const spool = new Spool({ spoolThreshold: 0, openFile: async () => file });
    const content = await add(spool, filled(300_000, 1));
    file.cut(1000);
    await expect(read(content)).rejects.toThrow(/ended \d+ bytes early/);
    file.options.failure = new Error('EIO: i/o error');
    await expect(read(content)).rejects.toThrow(/could not be read: EIO/);
  });
});

describe('a spool without a disk', () => {
  it('keeps its files in memory up to a limit', async () => {
    const spool = new Spool({ spoolThreshold: 5, maxSpoolMemory: 20, openFile: () => undefined });
    const content = await add(spool, filled(4, 1), filled(16, 1));
    expect(await read(content)).toEqual(filled(20, 1));
    expect(spool.isOnDisk).toBe(false);
    await expect(spool.write(filled(1, 1))).rejects.toThrow(RequestEntityTooLarge);
    const byDefault = new Spool({ openFile: () => undefined });
    await byDefault.write(filled(16_777_216, 1));
    await expect(byDefault.write(filled(1, 1))).rejects.toThrow('more than the 16777216 bytes');
  });
});

describe.runIf(process.platform === 'linux')('the temporary file of a spool', () => {
  let folder: string;
  beforeEach(() => {
    folder = testFolder();
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is one for a thousand files, without a name, and gone at the end', async () => {
    const openFile = () => createTemporaryFile({ folder });
    const spool = new Spool({ spoolThreshold: 1000, openFile });
    const contents: SpooledContent[] = [];
    for (let index = 0; index < 1000; index++) contents.push(await add(spool, filled(1000, index)));
    await spool.seal();
    expect(await readdir(folder)).toEqual([]);
    expect(openDescriptors(folder)).toBe(1);
    expect(await read(contents[500]!)).toEqual(filled(1000, 500));
    await Promise.all(contents.map((content) => content.close()));
    expect(openDescriptors(folder)).toBe(0);
  });
});

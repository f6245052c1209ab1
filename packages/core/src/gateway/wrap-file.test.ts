import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectTexts } from '../../test/collect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { wrapFile } from './wrap-file.ts';

const bytes = new TextEncoder().encode('hello world');

describe('wrapFile', () => {
  it('gives bytes and blobs in chunks of the buffer size, from where it was told to begin', async () => {
    for (const file of [bytes, new Blob([bytes])]) {
      const body = wrapFile(file, { bufferSize: 4 });
      body.seek(2);
      expect(await collectTexts(body)).toEqual(['llo ', 'worl', 'd']);
      expect(body.tell()).toBe(11);
      expect(body.seekable).toBe(true);
      await body.close();
    }
  });

  it('reads an open file, and closes it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'werkstatt-wrap-'));
    try {
      const path = join(folder, 'hello.txt');
      writeFileSync(path, bytes);
      const handle = await open(path);
      const body = wrapFile(handle, { bufferSize: 6 });
      body.seek(3);
      expect(await collectTexts(body)).toEqual(['lo wor', 'ld']);
      await body.close();
      await expect(handle.stat()).rejects.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('passes the chunks of streams on, and ends them', async () => {
    const readable = Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]);
    const body = wrapFile(readable as AsyncIterable<Uint8Array>, { bufferSize: 1 });
    expect(body.seekable).toBe(false);
    expect(() => body.seek(1)).toThrow(TypeError);
    for await (const _ of body) break;
    await body.close();
    expect(readable.destroyed).toBe(true);

    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    await wrapFile(stream).close();
    expect(cancelled).toBe(true);
  });

  it('refuses a buffer of no size', () => {
    expect(() => wrapFile(bytes, { bufferSize: 0 })).toThrow(ArgumentError);
  });
});

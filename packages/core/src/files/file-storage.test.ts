import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectText } from '../../test/collect.ts';
import { Headers } from '../datastructures/headers.ts';
import type { ByteContent } from '../streams/chunks-of.ts';
import { FileStorage } from './file-storage.ts';

const bytes = new TextEncoder().encode('hello');

/** A destination that keeps what it gets. */
function sink(failAt = Number.POSITIVE_INFINITY) {
  const seen = { text: '', closed: false, aborted: undefined as unknown, chunks: 0 };
  const stream = new WritableStream<Uint8Array>({
    write(chunk) {
      if (++seen.chunks >= failAt) throw new Error('disk full');
      seen.text += new TextDecoder().decode(chunk);
    },
    close: () => void (seen.closed = true),
    abort: (reason) => void (seen.aborted = reason),
  });
  return { seen, stream };
}

describe('FileStorage', () => {
  it('knows what the client tells of the file', () => {
    const file = new FileStorage(bytes, {
      filename: 'a.TXT',
      name: 'upload',
      contentType: 'Text/Plain; charset=UTF-8',
      contentLength: 5,
    });
    expect([file.filename, file.name, file.hasFile, file.size]).toEqual([
      'a.TXT',
      'upload',
      true,
      5,
    ]);
    expect(file.contentType).toBe('Text/Plain; charset=UTF-8');
    expect(file.mimetype).toBe('text/plain');
    expect({ ...file.mimetypeParams }).toEqual({ charset: 'UTF-8' });
    expect(file.contentLength).toBe(5);
    expect([...file.headers]).toEqual([
      ['Content-Type', 'Text/Plain; charset=UTF-8'],
      ['Content-Length', '5'],
    ]);
  });

  it('knows nothing of what it was not told', () => {
    const file = new FileStorage();
    expect([file.filename, file.name, file.contentType]).toEqual([null, null, null]);
    expect([file.hasFile, file.mimetype, file.contentLength, file.size]).toEqual([false, '', 0, 0]);
    expect(new FileStorage(null, { filename: '' }).hasFile).toBe(false);
    expect(new FileStorage(null, { headers: { 'Content-Length': '1e3' } }).contentLength).toBe(0);
  });

  it('keeps the headers that it is given', () => {
    const headers = new Headers({ 'Content-Type': 'image/png' });
    const file = new FileStorage(null, { headers });
    expect(file.headers).toBe(headers);
    expect(file.mimetype).toBe('image/png');
  });

  it('takes the name of a File, but none that is made up', () => {
    expect(new FileStorage(new File([bytes], 'b.txt')).filename).toBe('b.txt');
    expect(new FileStorage(new File([bytes], '<stdin>')).filename).toBeNull();
    expect(new FileStorage(new File([bytes], 'b.txt'), { filename: 'c' }).filename).toBe('c');
  });

  it('has the size of its content, where that knows it', () => {
    const stream = Readable.from([bytes]) as AsyncIterable<Uint8Array>;
    expect(new FileStorage(stream).size).toBeNull();
    expect(new FileStorage(Object.assign(stream, { size: 5 })).size).toBe(5);
  });

  it('gives the content of every kind as bytes, text, stream, chunks and File', async () => {
    const contents: (() => ByteContent)[] = [
      () => bytes,
      () => new Blob([bytes]),
      () => new Blob([bytes]).stream(),
      () => Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]) as AsyncIterable<Uint8Array>,
      () => [bytes],
    ];
    for (const content of contents) {
      expect(await new FileStorage(content()).bytes()).toEqual(bytes);
      expect(await new FileStorage(content()).text()).toBe('hello');
      expect(await collectText(new FileStorage(content()))).toBe('hello');
      expect(await new Response(new FileStorage(content()).stream()).text()).toBe('hello');
      const options = { filename: 'a', contentType: 'text/css' };
      const file = await new FileStorage(content(), options).toFile();
      expect([file.name, file.type, await file.text()]).toEqual(['a', 'text/css', 'hello']);
    }
  });

  it('saves to a stream, and closes that unless told otherwise', async () => {
    const one = sink();
    await new FileStorage(bytes).save(one.stream);
    expect(one.seen).toMatchObject({ text: 'hello', closed: true });
    const other = sink();
    await new FileStorage(bytes).save(other.stream, { preventClose: true });
    expect(other.seen).toMatchObject({ text: 'hello', closed: false });
    expect(other.stream.locked).toBe(false);
  });

  it('aborts the destination when the file breaks off, and ends the file when that fails', async () => {
    async function* broken() {
      yield bytes;
      throw new Error('broken');
    }
    const destination = sink();
    await expect(new FileStorage(broken()).save(destination.stream)).rejects.toThrow('broken');
    expect(destination.seen).toMatchObject({ closed: false, aborted: { message: 'broken' } });

    const readable = Readable.from([bytes, bytes, bytes]);
    const file = new FileStorage(readable as AsyncIterable<Uint8Array>);
    await expect(file.save(sink(2).stream)).rejects.toThrow('disk full');
    expect(readable.destroyed).toBe(true);
  });

  it('closes once, ending a stream, and is not read afterwards', async () => {
    let cancelled = 0;
    const file = new FileStorage(new ReadableStream({ cancel: () => void cancelled++ }));
    await file.close();
    await file.close();
    expect(cancelled).toBe(1);
    expect(file.closed).toBe(true);
    const error = { name: 'FileClosedError', code: 'WERKSTATT_ERR_FILE_CLOSED' };
    await expect(file.bytes()).rejects.toMatchObject(error);
    const readable = Readable.from([bytes]);
    await new FileStorage(readable as AsyncIterable<Uint8Array>).close();
    expect(readable.destroyed).toBe(true);
    let closed = 0;
    await new FileStorage(Object.assign([bytes], { close: () => void closed++ })).close();
    expect(closed).toBe(1);
  });
});

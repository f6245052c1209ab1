import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it, vi } from 'vitest';
import { InvalidBodyError, StreamClosedError } from '../errors/wrapper-errors.ts';
import { ResponseStream, type StreamSink } from './response-stream.ts';

/** A stream into a list, as that of a response that isn't sent yet. */
function open(extra: Partial<StreamSink> = {}) {
  const chunks: Uint8Array[] = [];
  const close = vi.fn();
  const abort = vi.fn();
  const stream = new ResponseStream({
    write: (chunk) => void chunks.push(chunk) as undefined,
    tell: () => chunks.reduce((sum, { length }) => sum + length, 0),
    close,
    abort,
    ...extra,
  });
  return { stream, close, abort, text: () => Buffer.concat(chunks).toString() };
}

describe('a stream to write a body to', () => {
  it('takes text and bytes, at once', async () => {
    const { stream, text } = open();
    stream.write('ä');
    stream.write(Uint8Array.of(98));
    stream.writelines(['c', Uint8Array.of(100)]);
    expect(text()).toBe('äbcd');
    expect(stream.tell()).toBe(5);
    expect(stream.encoding).toBe('utf-8');
    await stream.flush();
  });

  it('refuses other values, naming what they are', () => {
    const { stream } = open();
    expect(() => stream.write(5 as never)).toThrow(InvalidBodyError);
    expect(() => stream.write(5 as never)).toThrow(/is a number/);
    expect(() => stream.writelines([{} as never])).toThrow(/a plain object/);
  });

  it('is closed once, and refuses what comes later', async () => {
    const { stream, close } = open();
    expect(stream.closed).toBe(false);
    const closing = stream.close();
    expect(stream.closed).toBe(true);
    expect(() => stream.write('late')).toThrow(StreamClosedError);
    expect(() => stream.writelines(['late'])).toThrow(/Write before close/);
    await closing;
    await stream.close();
    expect(close).toHaveBeenCalledOnce();
  });

  it('waits between lines where there is no room', async () => {
    const written: number[] = [];
    let room = Promise.withResolvers<void>();
    const { stream } = open({
      write: ([first]) => {
        written.push(first!);
        return room.promise;
      },
    });
    const all = stream.writelines(['a', 'b', 'c']);
    expect(written).toHaveLength(1);
    const { resolve } = room;
    room = Promise.withResolvers();
    resolve();
    await vi.waitFor(() => expect(written).toHaveLength(2));
    room.resolve();
    await all;
    expect(written).toEqual([97, 98, 99]);
  });

  it('ends an iterator of lines that nobody takes', async () => {
    const ended = vi.fn();
    const { stream } = open({ write: () => Promise.reject(new Error('gone')) });
    const lines = (function* () {
      try {
        yield 'a';
        yield 'b';
      } finally {
        ended();
      }
    })();
    await expect(stream.writelines(lines)).rejects.toThrow('gone');
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('as a web WritableStream', () => {
  it('can be piped into, and is closed by that', async () => {
    const { stream, text, close } = open();
    expect(stream).toBeInstanceOf(WritableStream);
    await ReadableStream.from(['a', 'b']).pipeTo(stream);
    expect(text()).toBe('ab');
    expect(stream.closed).toBe(true);
    expect(close).toHaveBeenCalledOnce();
  });

  it('can stay open after a pipe, and be written to', async () => {
    const { stream, text } = open();
    stream.write('before ');
    await ReadableStream.from(['pipe']).pipeTo(stream, { preventClose: true });
    await stream.write(' after');
    await stream.close();
    expect(text()).toBe('before pipe after');
  });

  it("is the end of a Node stream's pipeline", async () => {
    const { stream, text } = open();
    await pipeline(Readable.from(['a', 'b']), Writable.fromWeb(stream));
    expect(text()).toBe('ab');
    expect(stream.closed).toBe(true);
  });

  it('keeps the order of what a writer left in the queue', async () => {
    const { stream, text, close } = open();
    const writer = stream.getWriter();
    writer.write('a');
    writer.write('b');
    writer.releaseLock();
    stream.write('c');
    await stream.close();
    expect(text()).toBe('abc');
    expect(close).toHaveBeenCalledOnce();
  });

  it('can not be written to, or closed, while somebody holds its writer', async () => {
    const { stream } = open();
    stream.getWriter();
    expect(() => stream.write('a')).toThrow(TypeError);
    await expect(stream.close()).rejects.toThrow(TypeError);
  });

  it('tells of what failed while it was piped in', async () => {
    const { stream, abort } = open();
    const error = new Error('broken source');
    const source = new ReadableStream({ pull: () => Promise.reject(error) });
    await expect(source.pipeTo(stream)).rejects.toBe(error);
    expect(abort).toHaveBeenCalledExactlyOnceWith(error);
    expect(() => stream.write('late')).toThrow(StreamClosedError);
  });

  it('tells of a chunk of another kind', async () => {
    const { stream, abort } = open();
    const source = ReadableStream.from([1]) as ReadableStream<never>;
    await expect(source.pipeTo(stream)).rejects.toThrow(InvalidBodyError);
    expect(abort).toHaveBeenCalledOnce();
  });

  it('stops what is piped in when the signal is aborted, even while the source is silent', async () => {
    const controller = new AbortController();
    const { stream } = open({ signal: controller.signal });
    const cancel = vi.fn();
    const piping = new ReadableStream({ cancel }).pipeTo(stream);
    const reason = new Error('gone');
    controller.abort(reason);
    await expect(piping).rejects.toBe(reason);
    expect(cancel).toHaveBeenCalledExactlyOnceWith(reason);
  });
});

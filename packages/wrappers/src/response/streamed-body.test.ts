import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { InvalidBodyError } from '../errors/wrapper-errors.ts';
import { serve, testEnviron } from '../testing/environ.ts';
import type { ResponseBody } from './body-source.ts';
import { Response } from './response.ts';
import type { StreamedBody } from './streamed-body.ts';

/** Answers a request up to the point where the server would pull the first chunk. */
function open(body: ResponseBody, onClose = () => {}, method = 'GET'): StreamedBody {
  const response = new Response(body);
  response.callOnClose(onClose);
  return response(testEnviron({ method }), () => () => {}) as StreamedBody;
}

describe('a response that streams', () => {
  it('sends what any kind of source yields, without a length', async () => {
    const sources: ResponseBody[] = [
      new Set(['ä', 'b']),
      (function* () {
        yield 'ä';
        yield new Uint8Array([98]);
      })(),
      (async function* () {
        yield 'ä';
        yield 'b';
      })(),
      ReadableStream.from(['ä', 'b']),
      Readable.from(['ä', 'b']),
    ];
    for (const source of sources) {
      const { headers, text, chunks } = await serve(new Response(source));
      expect(text).toBe('äb');
      expect(chunks.every((chunk) => chunk instanceof Uint8Array)).toBe(true);
      expect(headers).toEqual({ 'Content-Type': 'text/plain; charset=utf-8' });
    }
  });

  it('stays synchronous with a synchronous source', () => {
    const body = open(new Set(['a'])) as Iterable<Uint8Array>;
    expect([...body]).toEqual([new Uint8Array([97])]);
  });

  it('pulls no chunk before it is asked for one', async () => {
    const pull = vi.fn(() => 'x');
    const body = open(
      (function* () {
        yield pull();
        yield pull();
      })(),
    );
    expect(pull).not.toHaveBeenCalled();
    await body.next();
    expect(pull).toHaveBeenCalledOnce();
    await body.close();
  });

  it('names a chunk that is neither text nor bytes, and gives the source up', async () => {
    const ended = vi.fn();
    const body = open(
      (async function* () {
        try {
          yield 7 as never;
        } finally {
          ended();
        }
      })(),
    );
    await expect(body.next()).rejects.toThrow(InvalidBodyError);
    await body.close();
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('the source of a stream', () => {
  it('is ended once when the server stops half-way, before the callbacks run', async () => {
    const calls: string[] = [];
    const body = open(
      (async function* () {
        try {
          yield 'a';
          yield 'b';
        } finally {
          calls.push('ended');
        }
      })(),
      () => calls.push('closed'),
    );
    await body.next();
    await body.return();
    await body.close();
    await body.close();
    expect(calls).toEqual(['ended', 'closed']);
  });

  it('is ended by close() alone', async () => {
    const returned = vi.fn(async () => ({ done: true as const, value: undefined }));
    const next = async () => ({ done: false as const, value: 'a' });
    const body = open({ [Symbol.asyncIterator]: () => ({ next, return: returned }) });
    await body.next();
    await body.close();
    expect(returned).toHaveBeenCalledOnce();
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it('is not returned to after its own end', async () => {
    const returned = vi.fn();
    const next = () => ({ done: true as const, value: undefined });
    const body = open({ [Symbol.iterator]: () => ({ next, return: returned }) });
    expect([...(body as Iterable<Uint8Array>)]).toEqual([]);
    await body.close();
    expect(returned).not.toHaveBeenCalled();
  });

  it('is cancelled though nobody read from it: a ReadableStream', async () => {
    const cancel = vi.fn();
    await open(new ReadableStream({ cancel })).close();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is cancelled while a read waits: a ReadableStream', async () => {
    const cancel = vi.fn();
    const body = open(new ReadableStream({ cancel }));
    const waiting = body.next();
    await body.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await body.close();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is destroyed though nobody read from it: a Node stream', async () => {
    const source = new Readable({ read() {} });
    await open(source).close();
    expect(source.destroyed).toBe(true);
  });

  it('is destroyed while a read waits, which then ends: a Node stream', async () => {
    const body = open(new Readable({ read() {} }));
    const waiting = body.next();
    await body.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await body.close();
  });

  it('has its error reach the server when it closes too early by itself: a Node stream', async () => {
    const source = new Readable({ read() {} });
    const body = open(source);
    const waiting = body.next();
    source.destroy();
    await expect(waiting).rejects.toThrow('Premature close');
    await body.close();
  });

  it('is closed, if it can be, at a normal end as well', async () => {
    const close = vi.fn();
    await serve(new Response(Object.assign(new Set(['a']), { close })));
    expect(close).toHaveBeenCalledOnce();
  });

  it('is given up for HEAD, without a chunk', async () => {
    const cancel = vi.fn();
    const closed = vi.fn();
    const body = open(new ReadableStream({ cancel }), closed, 'HEAD');
    expect([...(body as Iterable<Uint8Array>)]).toEqual([]);
    await body.close();
    expect(cancel).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('is given up when a response is closed that was never sent', async () => {
    const cancel = vi.fn();
    await new Response(new ReadableStream({ cancel })).close();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('has its error reach the server', async () => {
    const body = open(
      (async function* () {
        yield 'a';
        throw new Error('half-way');
      })(),
    );
    await body.next();
    await expect(body.next()).rejects.toThrow('half-way');
    await body.close();
  });

  it('runs callbacks and closes a source that has no iterator to give', async () => {
    const close = vi.fn();
    const source = {
      [Symbol.asyncIterator](): AsyncIterator<string> {
        throw new Error('no iterator');
      },
      close,
    };
    const onClose = vi.fn();
    const body = open(source, onClose) as AsyncIterator<Uint8Array> & StreamedBody;
    await expect(body.next()).rejects.toThrow('no iterator');
    await body.close();
    expect(close).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('runs callbacks when a response is closed whose source somebody else reads', () => {
    const source = new ReadableStream<string>();
    source.getReader();
    const onClose = vi.fn();
    const response = new Response(source);
    response.callOnClose(onClose);
    expect(() => response.close()).toThrow(/locked/);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('survives a Node stream that fails before it is read, and tells who reads it', async () => {
    const source = new Readable({ read() {} });
    const response = new Response(source);
    source.destroy(new Error('no such file'));
    await new Promise(setImmediate);
    await expect(response.bytes()).rejects.toThrow('no such file');
  });

  it('survives a Node stream that fails after it was given up', async () => {
    const source = createReadStream('/nowhere/file');
    const closed = new Promise<void>((resolve) => void source.on('close', resolve));
    const body = open(source, undefined, 'HEAD');
    await body.close();
    await closed;
    expect(source.errored).toMatchObject({ code: 'ENOENT' });
  });
});

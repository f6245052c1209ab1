import { setTimeout as sleep } from 'node:timers/promises';
import { ArgumentError } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import {
  ClientGoneError,
  StreamClosedError,
  StreamOverflowError,
} from '../errors/wrapper-errors.ts';
import { Response } from '../response/response.ts';
import { serve, testEnviron } from '../testing/environ.ts';
import type { ResponseStream } from './response-stream.ts';
import { type StreamBody, type StreamProducer, streamBody } from './stream-body.ts';

async function textOf(body: StreamBody): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  await body.close();
  return Buffer.concat(chunks).toString();
}

describe('a body that a function writes', () => {
  it('is a body for a response', async () => {
    const body = streamBody(async (stream) => {
      await stream.write('ä');
      await stream.writelines(['b', 'c']);
      expect(stream.tell()).toBe(4);
    });
    const { text, headers } = await serve(new Response(body));
    expect(text).toBe('äbc');
    expect(headers).not.toHaveProperty('Content-Length');
  });

  it('ends when the function has, and a later write is an error', async () => {
    let kept: ResponseStream | undefined;
    expect(
      await textOf(
        streamBody((stream) => {
          kept = stream;
          stream.write('a');
        }),
      ),
    ).toBe('a');
    expect(kept?.closed).toBe(true);
    expect(() => kept?.write('late')).toThrow(StreamClosedError);
  });

  it('ends at close(), though the function goes on; then it is told to stop', async () => {
    const reached: string[] = [];
    const body = streamBody(async (stream, signal) => {
      await stream.write('a');
      await stream.close();
      reached.push('closed');
      while (!signal.aborted) await sleep(1);
      reached.push('stopped');
    });
    expect(await textOf(body)).toBe('a');
    expect(reached).toEqual(['closed', 'stopped']);
  });

  it('ends with a pipe that the function did not wait for', async () => {
    const source = ReadableStream.from(['a', 'b', 'c']);
    expect(await textOf(streamBody((stream) => void source.pipeTo(stream)))).toBe('abc');
  });

  it('can be compressed on its way', async () => {
    const body = streamBody((stream) =>
      new Blob(['a'.repeat(100_000)])
        .stream()
        .pipeThrough(new CompressionStream('gzip'))
        .pipeTo(stream),
    );
    const packed = await new globalThis.Response(ReadableStream.from(body)).blob();
    const unpacked = packed.stream().pipeThrough(new DecompressionStream('gzip'));
    expect(await new globalThis.Response(unpacked).text()).toBe('a'.repeat(100_000));
  });

  it('stays open for a function that leaves another for the end', async () => {
    const bus = new EventTarget();
    const body = streamBody((stream) => {
      const listen = (event: Event) => {
        stream.write(event.type);
        if (event.type === 'z') stream.close();
      };
      for (const type of ['a', 'z']) bus.addEventListener(type, listen);
      return () => {
        for (const type of ['a', 'z']) bus.removeEventListener(type, listen);
      };
    });
    const all = textOf(body);
    bus.dispatchEvent(new Event('a'));
    await sleep(5);
    bus.dispatchEvent(new Event('a'));
    bus.dispatchEvent(new Event('z'));
    expect(await all).toBe('aaz');
    bus.dispatchEvent(new Event('a'));
  });

  it('does not begin before the first chunk is asked for, and so never for HEAD', async () => {
    const producer = vi.fn();
    const { text } = await serve(new Response(streamBody(producer)), { method: 'HEAD' });
    expect(text).toBe('');
    expect(producer).not.toHaveBeenCalled();
  });

  it('refuses options that are no number of bytes', () => {
    expect(() => streamBody(() => {}, { highWaterMark: -1 })).toThrow(ArgumentError);
    expect(() => streamBody(() => {}, { maxBufferSize: Number.NaN })).toThrow(/maxBufferSize/);
  });
});

describe('backpressure of a body that a function writes', () => {
  it('lets the function run ahead by the high-water mark, and no further', async () => {
    let written = 0;
    const body = streamBody(
      async (stream) => {
        for (; written < 100; written++) await stream.write(new Uint8Array(10));
      },
      { highWaterMark: 50 },
    );
    await body.next();
    await sleep(5);
    // One was taken, five wait, and the sixth is patient.
    expect(written).toBe(6);
    await body.next();
    await sleep(5);
    expect(written).toBe(7);
    await body.return();
  });

  it('holds a pipe back as well', async () => {
    let pulled = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled++;
          controller.enqueue(new Uint8Array(10));
        },
      },
      { highWaterMark: 0 },
    );
    const body = streamBody((stream) => source.pipeTo(stream), { highWaterMark: 50 });
    await body.next();
    await sleep(5);
    expect(pulled).toBeLessThan(10);
    await body.return();
  });

  it('gives a response up whose function writes without waiting', async () => {
    let aborted: unknown;
    const body = streamBody(
      (stream, signal) => {
        for (let count = 0; count < 20; count++) stream.write(new Uint8Array(10));
        aborted = signal.reason;
      },
      { maxBufferSize: 100 },
    );
    await expect(body.next()).rejects.toThrow(StreamOverflowError);
    expect(aborted).toBeInstanceOf(StreamOverflowError);
    await body.close();
  });

  it('takes a chunk of any size when none waits', async () => {
    const body = streamBody((stream) => stream.write(new Uint8Array(1000)), { maxBufferSize: 10 });
    expect((await textOf(body)).length).toBe(1000);
  });
});

describe('the function, when the client goes away', () => {
  /** Starts it, has the server give the body up, and tells what became of it. */
  async function abandon(producer: StreamProducer): Promise<void> {
    const body = streamBody(producer, { highWaterMark: 0 });
    await body.next();
    await sleep(2);
    await body.return();
    await body.close();
  }

  it('hears of it from the signal, and has the answer wait for its end', async () => {
    const calls: string[] = [];
    await abandon(async (stream, signal) => {
      await stream.write('a');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await sleep(2);
      calls.push('ended');
    });
    expect(calls).toEqual(['ended']);
  });

  it('has its write rejected, which is no error of its own', async () => {
    let rejection: unknown;
    await abandon(async (stream) => {
      try {
        for (;;) await stream.write('a');
      } catch (error) {
        rejection = error;
        throw error;
      }
    });
    expect(rejection).toBeInstanceOf(ClientGoneError);
    expect(rejection).toMatchObject({ code: 'WERKSTATT_ERR_CLIENT_GONE' });
  });

  it('may forget about its writes', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await abandon(async (stream, signal) => {
      stream.write('a');
      while (!signal.aborted) {
        stream.write('b');
        stream.writelines(['c', 'd']);
        stream.flush();
        await sleep(1);
      }
      stream.write('e');
      stream.close();
    });
    await sleep(5);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('has what it pipes cancelled', async () => {
    const cancel = vi.fn();
    const source = new ReadableStream({ start: (controller) => controller.enqueue('a'), cancel });
    await abandon((stream) => source.pipeTo(stream));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('has what it pipes cancelled, though it did not wait', async () => {
    const cancel = vi.fn();
    const source = new ReadableStream({ start: (controller) => controller.enqueue('a'), cancel });
    await abandon((stream) => void source.pipeTo(stream).catch(() => {}));
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  it('has what it left for the end called once', async () => {
    const cleanup = vi.fn();
    await abandon((stream) => {
      stream.write('a');
      return cleanup;
    });
    expect(cleanup).toHaveBeenCalledOnce();
  });

  it('may end by an AbortError', async () => {
    const abandoned = abandon(async (stream, signal) => {
      await stream.write('a');
      await sleep(10_000, undefined, { signal });
    });
    await expect(abandoned).resolves.toBeUndefined();
  });

  it('has other errors reported, and not as part of the answer', async () => {
    const body = streamBody(async (stream, signal) => {
      await stream.write('a');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('cleanup failed');
    });
    await body.next();
    await expect(body.return()).rejects.toThrow('cleanup failed');
    await body.close();
  });

  it('is never called when the response is given up before', async () => {
    const producer = vi.fn();
    const body = streamBody(producer);
    await body.return();
    await body.close();
    expect(await body.next()).toEqual({ done: true, value: undefined });
    expect(producer).not.toHaveBeenCalled();
  });
});

describe('an error of the function', () => {
  it('comes before the first chunk, so that a server can answer 500', async () => {
    const body = streamBody(() => {
      throw new Error('at once');
    });
    await expect(body.next()).rejects.toThrow('at once');
    await body.close();
  });

  it('comes after what was written', async () => {
    const body = streamBody(async (stream) => {
      stream.write('a');
      stream.write('b');
      throw new Error('half-way');
    });
    expect((await body.next()).done).toBe(false);
    expect((await body.next()).done).toBe(false);
    await expect(body.next()).rejects.toThrow('half-way');
    await body.close();
  });

  it('comes from what it pipes, once', async () => {
    const source = new ReadableStream({ pull: () => Promise.reject(new Error('broken source')) });
    const body = streamBody((stream) => source.pipeTo(stream));
    await expect(body.next()).rejects.toThrow('broken source');
    await body.close();
  });

  it('is reported by close() when the body had ended before', async () => {
    const body = streamBody(async (stream) => {
      await stream.write('a');
      stream.close();
      throw new Error('after the end');
    });
    await body.next();
    expect((await body.next()).done).toBe(true);
    await expect(body.close()).rejects.toThrow('after the end');
  });

  it('closes the response once, as every end does', async () => {
    const closed = vi.fn();
    const response = new Response(streamBody(() => Promise.reject(new Error('at once'))));
    response.callOnClose(closed);
    const body = response(testEnviron(), () => () => {}) as StreamBody;
    await expect(body.next()).rejects.toThrow('at once');
    await body.return();
    await body.close();
    expect(closed).toHaveBeenCalledOnce();
  });
});

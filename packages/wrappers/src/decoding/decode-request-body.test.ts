import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import {
  ArgumentError,
  BadRequest,
  ChunkInput,
  ClientDisconnected,
  RequestEntityTooLarge,
  UnsupportedMediaType,
} from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { bytes, serve } from '../testing/environ.ts';
import { decodeRequestBody } from './decode-request-body.ts';

const text = 'Grüße '.repeat(1000);
const packed = new Uint8Array(gzipSync(text));

const input = (...chunks: Uint8Array[]) => new ChunkInput(chunks);
const read = async (stream: { read(): Promise<Uint8Array> }) =>
  new TextDecoder().decode(await stream.read());

describe('decodeRequestBody', () => {
  it.each([
    ['gzip', packed],
    ['X-GZIP', packed],
    [' deflate ', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(packed)],
    ['deflate,identity, gzip,,zstd', zstdCompressSync(gzipSync(deflateSync(text)))],
  ])('decodes %s', async (coding, body) => {
    expect(await read(decodeRequestBody(input(body), coding))).toBe(text);
  });

  it('is an input like any other', async () => {
    const lines = decodeRequestBody(input(gzipSync('a\nbc\nd')), 'gzip');
    expect(await lines.readLine()).toEqual(bytes('a\n'));
    expect(await lines.read(1)).toEqual(bytes('b'));
    expect(await read(lines)).toBe('c\nd');
  });

  it('gives the stream itself where nothing is encoded', () => {
    const stream = input(bytes('a'));
    for (const coding of ['', 'identity', ' , Identity']) {
      expect(decodeRequestBody(stream, coding)).toBe(stream);
    }
  });

  it('takes no bytes for no content', async () => {
    expect(await read(decodeRequestBody(input(), 'gzip'))).toBe('');
  });

  it('tells deflate with a frame from deflate without, though it comes byte by byte', async () => {
    for (const body of [deflateSync('abc'), deflateRawSync('abc')]) {
      const chunks = Array.from(body, (octet) => Uint8Array.of(octet));
      expect(await read(decodeRequestBody(input(...chunks), 'deflate'))).toBe('abc');
    }
  });

  it.each(['compress', 'gzip;q=1', 'gzip, sdch', 'constructor', '"gzip"', 'gzip gzip'])(
    'refuses the coding %s, and says which it takes',
    async (coding) => {
      const stream = input(packed);
      let error: unknown;
      try {
        decodeRequestBody(stream, coding);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(UnsupportedMediaType);
      const { status, headers } = await serve((error as UnsupportedMediaType).asApp());
      expect(status).toBe('415 Unsupported Media Type');
      expect(headers['Accept-Encoding']).toBe('gzip, x-gzip, deflate, br, zstd');
      expect(await stream.read()).toEqual(packed);
    },
  );

  it('refuses many codings, however they are written', () => {
    const decode = (coding: string, maxCodings?: number) =>
      decodeRequestBody(input(), coding, { maxCodings });
    expect(() => decode('gzip,gzip,gzip')).not.toThrow();
    expect(() => decode('gzip,gzip,gzip,gzip')).toThrow(/at most 3 times/);
    expect(() => decode('gzip,gzip', 1)).toThrow(UnsupportedMediaType);
    expect(() => decode(`gzip${','.repeat(10_000)}`)).toThrow(UnsupportedMediaType);
    expect(() => decode('identity,'.repeat(10_000))).toThrow(UnsupportedMediaType);
  });

  it('takes Infinity for no limit, and refuses what is none', async () => {
    const none = {
      maxCodings: Number.POSITIVE_INFINITY,
      maxContentLength: Number.POSITIVE_INFINITY,
    };
    expect(await read(decodeRequestBody(input(packed), 'gzip', none))).toBe(text);
    for (const limit of [{ maxCodings: Number.NaN }, { maxContentLength: Number.NaN }]) {
      expect(() => decodeRequestBody(input(packed), 'gzip', limit)).toThrow(ArgumentError);
    }
  });

  it('holds its limit while it decodes', async () => {
    const exact = decodeRequestBody(input(packed), 'gzip', {
      maxContentLength: bytes(text).length,
    });
    expect(await read(exact)).toBe(text);
    const less = { maxContentLength: bytes(text).length - 1 };
    const over = decodeRequestBody(input(packed), 'gzip', less);
    await expect(over.read()).rejects.toThrow(RequestEntityTooLarge);
    const bomb = gzipSync(new Uint8Array(32 * 1024 * 1024));
    await expect(decodeRequestBody(input(bomb), 'gzip').read()).rejects.toThrow(
      /once it is decoded/,
    );
  });

  it('holds it for what lies between two codings', async () => {
    // Ever more members of gzip that hold nothing.
    const nothing = gzipSync(Buffer.concat(Array(100_000).fill(gzipSync(''))));
    const body = decodeRequestBody(input(nothing), 'gzip, gzip', { maxContentLength: 100_000 });
    await expect(body.read()).rejects.toThrow(RequestEntityTooLarge);
  });

  it.each([
    ['corrupt', 'gzip', bytes('This was never compressed.')],
    ['cut short', 'gzip', packed.subarray(0, -1)],
    ['one byte', 'deflate', deflateSync('a').subarray(0, 1)],
    ['followed by more', 'br', Buffer.concat([brotliCompressSync('a'), bytes('garbage')])],
    ['cut short within', 'gzip, br', brotliCompressSync(packed.subarray(0, -1))],
  ])('is a bad request when the data is %s', async (_, coding, body) => {
    await expect(decodeRequestBody(input(body), coding).read()).rejects.toThrow(BadRequest);
  });

  it('gives what the client sent before it went, then the error of that', async () => {
    async function* broken() {
      yield packed.subarray(0, 20);
      throw new ClientDisconnected();
    }
    for (const coding of ['gzip', 'deflate, gzip']) {
      const body = decodeRequestBody(new ChunkInput(broken()), coding);
      await expect(body.read()).rejects.toThrow(ClientDisconnected);
    }
  });

  it('reads nothing before it is read, and gives its source up on every way out', async () => {
    const ways: [string, (body: ReturnType<typeof decodeRequestBody>) => Promise<unknown>][] = [
      ['the end', (body) => body.read()],
      ['a loop that is left', (body) => leave(body)],
      ['the limit', (body) => body.read().catch(() => {})],
    ];
    for (const [name, way] of ways) {
      const events: string[] = [];
      async function* chunks() {
        try {
          events.push('read');
          yield packed;
        } finally {
          events.push('end');
        }
      }
      const maxContentLength = name === 'the limit' ? 10 : 1_000_000;
      const body = decodeRequestBody(new ChunkInput(chunks()), 'gzip', { maxContentLength });
      expect(events).toEqual([]);
      await way(body);
      expect(events, name).toEqual(['read', 'end']);
    }
  });

  it('refuses a bomb although the client sends no end to it', async () => {
    const ended = vi.fn();
    let pull = 0;
    const bomb = gzipSync(new Uint8Array(10_000_000));
    const stalled = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pull++ > 0) return new Promise<void>(() => {});
        controller.enqueue(bomb.subarray(0, -100));
        return undefined;
      },
      cancel: ended,
    });
    const chunks = new ChunkInput(stalled as unknown as AsyncIterable<Uint8Array>);
    const body = decodeRequestBody(chunks, 'gzip', { maxContentLength: 1_000_000 });
    await expect(body.read()).rejects.toThrow(RequestEntityTooLarge);
  });
});

async function leave(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of body) return;
}

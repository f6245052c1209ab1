import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { BodyConsumedError, InvalidBodyError } from '../errors/wrapper-errors.ts';
import { bytes, serve } from '../testing/environ.ts';
import { Response } from './response.ts';

/** A source that says when it was closed. */
function closable(chunks: Iterable<string>, close: () => void): Iterable<string> {
  return { [Symbol.iterator]: () => chunks[Symbol.iterator](), close } as Iterable<string>;
}

describe('getData', () => {
  it('gives bytes, or text', () => {
    const response = new Response(['ä', bytes('b')]);
    expect(response.getData()).toEqual(bytes('äb'));
    expect(response.getData({ asText: true })).toBe('äb');
  });

  it('gives no buffer away in which other bytes are', async () => {
    const text = 'ä'.repeat(40);
    const response = new Response(text);
    for (const data of [response.getData(), response.data, await response.bytes()]) {
      expect(data.buffer.byteLength).toBe(80);
      expect(data).toEqual(bytes(text));
    }
  });

  it('reads a synchronous stream, which is none any more, and closes it at the end', async () => {
    const close = vi.fn();
    const response = new Response(closable(['a', 'b'], close));
    expect(response.isStreamed).toBe(true);
    expect(response.getData({ asText: true })).toBe('ab');
    expect(response.isSequence).toBe(true);
    expect(close).not.toHaveBeenCalled();
    expect((await serve(response)).headers['Content-Length']).toBe('2');
    await response.close();
    expect(close).toHaveBeenCalledOnce();
  });

  it('reads none where that is not wanted', async () => {
    class Streaming extends Response {
      override implicitSequenceConversion = false;
    }
    const response = new Streaming(new Set(['a']));
    expect(() => response.data).toThrow(/await response\.makeSequence/);
    await response.makeSequence();
    expect(response.data).toEqual(bytes('a'));
    const other = new Response(new Set(['a']));
    other.implicitSequenceConversion = false;
    expect(() => other.stream).toThrow(BodyConsumedError);
  });
});

describe('setData', () => {
  it('replaces the body and its length', async () => {
    const response = new Response('abc', { headers: { 'X-A': 'b' } });
    response.setData('äb');
    expect(response.headers.get('Content-Length')).toBe('3');
    expect((await serve(response)).text).toBe('äb');
  });

  it('has a stream that was there given up at the end', async () => {
    const cancel = vi.fn();
    const response = new Response(new ReadableStream({ cancel }));
    response.data = 'instead';
    expect((await serve(response)).text).toBe('instead');
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('leaves the body as it was when it gets none', () => {
    const response = new Response('a');
    expect(() => response.setData(7 as never)).toThrow(InvalidBodyError);
    expect(response.data).toEqual(bytes('a'));
  });
});

describe('makeSequence', () => {
  it('reads a synchronous stream at once', () => {
    const response = new Response(new Set(['a', 'b']));
    void response.makeSequence();
    expect(response.calculateContentLength()).toBe(2);
  });

  it('reads an asynchronous one, and closes it', async () => {
    const source = Readable.from(['a', 'b']);
    const response = new Response(source);
    expect(response.calculateContentLength()).toBeUndefined();
    await response.makeSequence();
    expect(response.calculateContentLength()).toBe(2);
    expect(source.destroyed).toBe(true);
  });

  it('gives a stream that fails up, once, and runs the callbacks at the end', async () => {
    const ended = vi.fn();
    const closed = vi.fn();
    const response = new Response(
      (async function* () {
        try {
          yield 'a';
          yield 7 as never;
        } finally {
          ended();
        }
      })(),
    );
    response.callOnClose(closed);
    await expect(response.makeSequence()).rejects.toThrow(InvalidBodyError);
    expect(ended).toHaveBeenCalledOnce();
    await response.close();
    await response.close();
    expect(ended).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('iterEncoded', () => {
  it('gives the chunks of a whole body, again and again', () => {
    const response = new Response(['a', 'b']);
    expect([...(response.iterEncoded() as Uint8Array[])]).toEqual([bytes('a'), bytes('b')]);
    expect([...(response.iterEncoded() as Uint8Array[])]).toHaveLength(2);
  });

  it('gives a stream once', () => {
    const response = new Response(new Set(['a']));
    expect([...(response.iterEncoded() as Iterable<Uint8Array>)]).toEqual([bytes('a')]);
    expect(() => response.iterEncoded()).toThrow(BodyConsumedError);
  });
});

describe('stream', () => {
  it('writes after what is there, and has the length counted anew', async () => {
    const response = new Response('a', { headers: { 'X-A': 'b' } });
    await response.stream.write('ä');
    await response.stream.writelines(['c', bytes('d')]);
    expect(response.stream.tell()).toBe(5);
    expect(response.headers.has('Content-Length')).toBe(false);
    const { text, headers } = await serve(response);
    expect([text, headers['Content-Length']]).toEqual(['aäcd', '5']);
  });

  it('changes nothing that was sent, or given, before', async () => {
    const list = [bytes('a')];
    const response = new Response(list);
    await response.stream.write('b');
    const first = await serve(response);
    await response.stream.write('c');
    expect([first.text, (await serve(response)).text, list.length]).toEqual(['ab', 'abc', 1]);
  });

  it('writes after a body that was replaced', async () => {
    const response = new Response();
    await response.stream.write('a');
    response.data = 'b';
    await response.stream.write('c');
    expect(response.getData({ asText: true })).toBe('bc');
  });

  it('takes what pipes into it', async () => {
    const response = new Response();
    await ReadableStream.from(['a', 'b']).pipeTo(response.stream);
    expect(await response.text()).toBe('ab');
  });

  it('is none of a body that streams', () => {
    expect(() => new Response(ReadableStream.from(['a'])).stream).toThrow(BodyConsumedError);
  });
});

describe('await using', () => {
  it('closes a response that is not sent', async () => {
    const cancel = vi.fn();
    {
      await using response = new Response(new ReadableStream({ cancel }));
      expect(response.isStreamed).toBe(true);
    }
    expect(cancel).toHaveBeenCalledOnce();
  });
});

import { ArgumentError } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { environFromValues } from '../from-values/environ-from-values.ts';
import { Response } from '../response/response.ts';
import { bytes, serve } from '../testing/environ.ts';
import { responseFromFetch, responseToFetch } from './response-fetch.ts';

const binary = Uint8Array.from({ length: 256 }, (_, octet) => octet);

/** A body of chunks that counts what becomes of it. */
function watched(chunks: (string | Error)[]) {
  const events: string[] = [];
  async function* generate() {
    try {
      for (const chunk of chunks) {
        events.push('pull');
        if (chunk instanceof Error) throw chunk;
        yield chunk;
      }
    } finally {
      events.push('end');
    }
  }
  const response = new Response(generate());
  response.callOnClose(() => void events.push('close'));
  return { response, events };
}

describe('responseToFetch', () => {
  it('has status, fields and body', async () => {
    const response = Response.json({ a: 1 }, { status: '299 Odd', headers: { 'X-A': '\xe4' } });
    response.setCookie('b', '2');
    response.setCookie('c', '3');
    const fetched = responseToFetch(response);
    expect([fetched.status, fetched.statusText]).toEqual([299, 'Odd']);
    expect(fetched.headers.get('X-A')).toBe('\xe4');
    expect(fetched.headers.get('Content-Length')).toBe('7');
    expect(fetched.headers.getSetCookie()).toEqual(['b=2; Path=/', 'c=3; Path=/']);
    expect(await fetched.json()).toEqual({ a: 1 });
    expect(await responseToFetch(response).json()).toEqual({ a: 1 });
  });

  it('streams, pulling what is read', async () => {
    const { response, events } = watched(['a', 'b']);
    const reader = responseToFetch(response).body!.getReader();
    expect(events).toEqual([]);
    expect((await reader.read()).value).toEqual(bytes('a'));
    expect(events).toEqual(['pull']);
    await reader.read();
    expect((await reader.read()).done).toBe(true);
    expect(events).toEqual(['pull', 'pull', 'end', 'close']);
  });

  it('gives the body up when the reader cancels', async () => {
    const { response, events } = watched(['a', 'b']);
    const reader = responseToFetch(response).body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(events).toEqual(['pull', 'end', 'close']);
  });

  it('breaks off where the body fails', async () => {
    const { response, events } = watched(['a', new Error('midway')]);
    await expect(responseToFetch(response).text()).rejects.toThrow('midway');
    expect(events).toEqual(['pull', 'pull', 'end', 'close']);
  });

  it('answers HEAD, and what has no content, without a body, and closes it', async () => {
    const head = watched(['a']);
    const environ = environFromValues({ method: 'head' });
    expect(responseToFetch(head.response, environ).body).toBeNull();
    await vi.waitFor(() => expect(head.events).toEqual(['close']));
    const empty = watched(['a']);
    empty.response.status = 304;
    expect(responseToFetch(empty.response).body).toBeNull();
    await vi.waitFor(() => expect(empty.events).toEqual(['close']));
    const length = responseToFetch(new Response('abc'), environ).headers.get('Content-Length');
    expect(length).toBe('3');
  });

  it('refuses a status that the platform has not', () => {
    expect(() => responseToFetch(new Response('', { status: 600 }))).toThrow(ArgumentError);
  });
});

describe('responseFromFetch', () => {
  it('makes a response of the class it is given, with the fields there are', async () => {
    class MyResponse extends Response {}
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
    const fetched = new globalThis.Response(binary, { status: 404, headers });
    const response = responseFromFetch(MyResponse, fetched);
    expect(response).toBeInstanceOf(MyResponse);
    expect(response.status).toBe('404 Not Found');
    expect(response.headers.getlist('Set-Cookie')).toEqual(['a=1', 'b=2']);
    expect(response.contentType).toBeUndefined();
    expect(await response.bytes()).toEqual(binary);
  });

  it('streams, and cancels what is given up', async () => {
    const cancel = vi.fn();
    let pulled = 0;
    const body = new ReadableStream(
      { pull: (controller) => controller.enqueue(bytes(String(pulled++))), cancel },
      { highWaterMark: 0 },
    );
    const response = responseFromFetch(Response, new globalThis.Response(body));
    expect(response.isStreamed).toBe(true);
    const app = response.getAppIter(environFromValues());
    const iterator = (app as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual(bytes('0'));
    expect(pulled).toBe(1);
    await iterator.return!();
    await app.close!();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('cancels a body that is closed unread, and one that HEAD does not want', async () => {
    for (const act of [
      (response: Response) => response.close(),
      (response: Response) => serve(response, { method: 'HEAD' }),
    ]) {
      const cancel = vi.fn();
      const fetched = new globalThis.Response(new ReadableStream({ cancel }));
      await act(responseFromFetch(Response, fetched));
      expect(cancel).toHaveBeenCalledOnce();
    }
  });

  it('is the way back', async () => {
    const response = new Response(new Set(['a', 'b']), {
      status: '299 Odd',
      mimetype: 'text/html',
    });
    const back = responseFromFetch(Response, responseToFetch(response));
    expect(back.status).toBe('299 Odd');
    expect(back.contentType).toBe('text/html; charset=utf-8');
    expect(await back.text()).toBe('ab');
  });

  it('refuses what was read, and what is no response', async () => {
    const read = new globalThis.Response('text');
    await read.text();
    expect(() => responseFromFetch(Response, read)).toThrow(BodyConsumedError);
    expect(() => responseFromFetch(Response, globalThis.Response.error())).toThrow(ArgumentError);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { collect, collectText } from '../../test/collect.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { bodyFromFetch, responseFromFetch } from './response-from-fetch.ts';
import { responseToFetch } from './response-to-fetch.ts';

const encoder = new TextEncoder();

describe('responseFromFetch', () => {
  it('has the status, every field, and the body', async () => {
    const headers = new Headers({ 'X-A': '1' });
    headers.append('Set-Cookie', 'a=1');
    headers.append('Set-Cookie', 'b=2');
    const answer = responseFromFetch(
      new Response('text', { status: 418, statusText: 'Tea', headers }),
    );
    expect(answer.status).toBe('418 Tea');
    expect(answer.headers).toEqual([
      ['content-type', 'text/plain;charset=UTF-8'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-a', '1'],
    ]);
    expect(await collectText(answer.body)).toBe('text');
  });

  it('gives a status its phrase, and no body where there is none', () => {
    const answer = responseFromFetch(new Response(null, { status: 404 }));
    expect(answer).toEqual({ status: '404 Not Found', headers: [], body: [] });
  });

  it('is the way back of responseToFetch', async () => {
    const body = [encoder.encode('a'), encoder.encode('b')];
    const there = responseToFetch('299 Odd', [['x-a', '1']], new Set(body));
    const { status, headers, body: back } = responseFromFetch(there);
    expect([status, headers]).toEqual(['299 Odd', [['x-a', '1']]]);
    expect(await collect(back)).toEqual(body);
  });

  it('takes the coding away from what fetch() has decoded', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync('text'));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const answer = responseFromFetch(await fetch(`http://127.0.0.1:${port}/`));
    expect(answer.headers.map(([name]) => name)).not.toContain('content-encoding');
    expect(answer.headers.map(([name]) => name)).not.toContain('content-length');
    expect(await collectText(answer.body)).toBe('text');
    server.close();
    const own = new Response(gzipSync('text'), { headers: { 'Content-Encoding': 'gzip' } });
    expect(responseFromFetch(own).headers).toEqual([['content-encoding', 'gzip']]);
  });

  it('refuses what cannot be sent, or was read', async () => {
    expect(() => responseFromFetch(Response.error())).toThrow(ArgumentError);
    const read = new Response('text');
    await read.text();
    expect(() => responseFromFetch(read)).toThrow(/response\.clone/);
  });
});

describe('bodyFromFetch', () => {
  type Controller = ReadableStreamDefaultController<Uint8Array>;

  function streamed(pull: (controller: Controller) => unknown, cancel?: () => void): Response {
    const source = {
      pull: async (controller: Controller) => void (await pull(controller)),
      cancel,
    };
    return new Response(new ReadableStream(source as object, { highWaterMark: 0 }));
  }

  it('cancels the stream once, read, unread, or waiting', async () => {
    for (const state of ['unread', 'read', 'waiting']) {
      const cancel = vi.fn();
      let pulls = 0;
      const pull = (controller: Controller) =>
        pulls++ === 0 ? controller.enqueue(encoder.encode('a')) : new Promise(() => {});
      const body = bodyFromFetch(streamed(pull, cancel)) as AsyncIterableIterator<Uint8Array> & {
        close(): Promise<void>;
      };
      if (state !== 'unread') await body.next();
      const waiting = state === 'waiting' ? body.next() : undefined;
      await body.return!();
      await body.close();
      expect(cancel, state).toHaveBeenCalledOnce();
      expect((await waiting)?.done ?? true).toBe(true);
      expect((await body.next()).done).toBe(true);
    }
  });

  it('does not cancel what ended by itself', async () => {
    const cancel = vi.fn();
    const body = bodyFromFetch(streamed((controller) => controller.close(), cancel));
    expect(await collect(body)).toEqual([]);
    await body.close!();
    expect(cancel).not.toHaveBeenCalled();
  });

  it('passes an error on', async () => {
    const body = bodyFromFetch(streamed((c) => c.error(new Error('midway'))));
    await expect(collect(body)).rejects.toThrow('midway');
  });
});

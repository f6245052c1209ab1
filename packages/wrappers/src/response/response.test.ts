import { inspect } from 'node:util';
import {
  type Body,
  type Environ,
  type HeaderList,
  Headers,
  InvalidHeaderError,
} from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { BodyConsumedError, InvalidBodyError } from '../errors/wrapper-errors.ts';
import { bytes, serve, testEnviron } from '../testing/environ.ts';
import { Response } from './response.ts';

describe('new Response', () => {
  it('sends text with its type and its length in bytes', async () => {
    expect(await serve(new Response('é☃'))).toMatchObject({
      status: '200 OK',
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': '5' },
      text: 'é☃',
    });
  });

  it('is empty without a body', async () => {
    for (const body of [undefined, null, '']) {
      const { headers, text } = await serve(new Response(body));
      expect(headers['Content-Length']).toBe('0');
      expect(text).toBe('');
    }
  });

  it('sends long text, bytes and an ArrayBuffer as they are', async () => {
    const long = 'häuser '.repeat(1000);
    for (const body of [long, bytes(long), bytes(long).buffer as ArrayBuffer]) {
      const answer = await serve(new Response(body));
      expect(answer.text).toBe(long);
      expect(answer.headers['Content-Length']).toBe('8000');
    }
  });

  it('sends an array chunk by chunk, with the sum of the lengths', async () => {
    const { chunks, headers } = await serve(new Response(['ä', bytes('bc')]));
    expect(chunks).toEqual([bytes('ä'), bytes('bc')]);
    expect(headers['Content-Length']).toBe('4');
  });

  it('answers any number of requests', async () => {
    const response = new Response('again');
    expect((await serve(response)).text).toBe('again');
    expect((await serve(response)).text).toBe('again');
  });

  it('refuses what is no body, and says what to do', () => {
    const make = (body: unknown) => () => new Response(body as never);
    expect(make({ a: 1 })).toThrow(InvalidBodyError);
    expect(make({ a: 1 })).toThrow(/not a plain object.*Response\.json/);
    expect(make(Promise.resolve('x'))).toThrow(/Await the promise/);
    expect(make(7)).toThrow(/not a number/);
    expect(make(['a', 7])).toThrow(/one of its chunks is a number/);
  });

  it('takes a type, or a media type that gets a charset', () => {
    expect(new Response('', { mimetype: 'text/html' }).contentType).toBe(
      'text/html; charset=utf-8',
    );
    expect(new Response('', { mimetype: 'image/png' }).contentType).toBe('image/png');
    expect(new Response('', { contentType: 'text/html; charset=latin1' }).mimetype).toBe(
      'text/html',
    );
  });

  it('prefers the media type to a field, and a field to the default', () => {
    const headers = { 'content-type': 'image/png' };
    expect(new Response('', { headers }).contentType).toBe('image/png');
    expect(new Response('', { headers, mimetype: 'text/css' }).contentType).toBe(
      'text/css; charset=utf-8',
    );
  });

  it('has the defaults of its class', async () => {
    class Page extends Response {
      static override defaultMimetype = 'text/html';
      static override defaultStatus = 202;
    }
    expect(await serve(new Page('<p>'))).toMatchObject({
      status: '202 Accepted',
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
  });
});

describe('headers', () => {
  it('are sent as they are changed', async () => {
    const response = new Response('abc', { headers: { 'X-A': '1' } });
    response.headers.add('X-A', '2');
    response.headers.set('Content-Type', 'text/css');
    expect((await serve(response)).headerList).toEqual([
      ['X-A', '1'],
      ['Content-Type', 'text/css'],
      ['Content-Length', '3'],
      ['X-A', '2'],
    ]);
  });

  it('are used, not copied, if they are Headers', async () => {
    const headers = new Headers({ 'X-A': '1' });
    const response = new Response('', { headers });
    headers.set('X-A', '2');
    expect(response.headers).toBe(headers);
    expect((await serve(response)).headers['X-A']).toBe('2');
  });

  it('are refused at once when they cannot be sent', () => {
    expect(() => new Response('', { headers: { 'X-A': 'a\r\nb' } })).toThrow(InvalidHeaderError);
    expect(() => new Response('', { contentType: 'a\r\nb' })).toThrow(InvalidHeaderError);
  });

  it('show type and length of the body', () => {
    const response = new Response('abc');
    expect(response.headers.get('Content-Length')).toBe('3');
    expect(response.contentLength).toBe(3);
    response.data = 'abcdef';
    expect(response.contentLength).toBe(6);
    response.contentLength = undefined;
    expect(response.headers.has('Content-Length')).toBe(false);
  });

  it('have the length of an array, or of no body, only when they are sent', async () => {
    for (const body of [['a', 'b'], null]) {
      const response = new Response(body);
      expect(response.headers.has('Content-Length')).toBe(false);
      expect((await serve(response)).headers['Content-Length']).toBe(body ? '2' : '0');
    }
    const stated = new Response(null, { headers: { 'Content-Length': '99' } });
    expect((await serve(stated, { method: 'HEAD' })).headers['Content-Length']).toBe('99');
  });

  it('lose a length that text and bytes contradict', async () => {
    const response = new Response('hello', { headers: { 'Content-Length': '99' } });
    expect((await serve(response)).headers['Content-Length']).toBe('5');
  });

  it('follow when type and media type are set', () => {
    const response = new Response();
    response.mimetype = 'text/css';
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
    response.contentType = undefined;
    expect(response.mimetype).toBeUndefined();
    expect(response.headers.has('Content-Type')).toBe(false);
  });

  it('have a location that is readable here and ASCII on the wire', async () => {
    const response = new Response('', { status: 302 });
    response.location = '/ü?q=a b"';
    expect(response.location).toBe('/ü?q=a b"');
    expect((await serve(response)).headers['Location']).toBe('/%C3%BC?q=a%20b%22');
    response.location = '/☃';
    expect((await serve(response)).headers['Location']).toBe('/%E2%98%83');
    response.location = '/\\evil.example';
    expect((await serve(response)).headers['Location']).toBe('/%5Cevil.example');
  });

  it('can be changed for one request by a subclass', async () => {
    class Served extends Response {
      override getGatewayHeaders(environ: Parameters<Response['getGatewayHeaders']>[0]) {
        return [...super.getGatewayHeaders(environ), ['X-Path', environ.PATH_INFO] as const];
      }
    }
    expect((await serve(new Served('a'), { path: '/p' })).headers['X-Path']).toBe('/p');
  });
});

describe('responses without content', () => {
  it('send the length but no body for HEAD', async () => {
    const { headers, chunks } = await serve(new Response('hello'), { method: 'HEAD' });
    expect(headers['Content-Length']).toBe('5');
    expect(chunks).toEqual([]);
  });

  it('send neither for 204', async () => {
    const { headers, chunks } = await serve(new Response('hello', { status: 204 }));
    expect(headers).toEqual({ 'Content-Type': 'text/plain; charset=utf-8' });
    expect(chunks).toEqual([]);
  });

  it('send no fields of content with 304', async () => {
    const headers = { ETag: '"x"', 'Last-Modified': 'lm', Expires: 'e', 'Content-Encoding': 'br' };
    const answer = await serve(new Response('hello', { status: 304, headers }));
    expect(answer.headers).toEqual({ ETag: '"x"', Expires: 'e' });
    expect(answer.chunks).toEqual([]);
  });
});

describe('the body of a response', () => {
  it('is data that can be read and replaced', async () => {
    const response = new Response(['ab', 'c']);
    expect(response.isStreamed).toBe(false);
    expect(response.data).toEqual(bytes('abc'));
    response.data = 'new';
    expect((await serve(response)).text).toBe('new');
  });

  it('is read by bytes(), text() and json()', async () => {
    expect(await new Response('abc').bytes()).toEqual(bytes('abc'));
    expect(await new Response(new Set(['a', 'b'])).text()).toBe('ab');
    expect(await Response.json({ a: [1] }).json()).toEqual({ a: [1] });
  });

  it('is kept when a stream was read', async () => {
    const response = new Response(ReadableStream.from(['a', 'b']));
    expect(response.isStreamed).toBe(true);
    expect(await response.text()).toBe('ab');
    expect(response.isStreamed).toBe(false);
    expect(await serve(response)).toMatchObject({ text: 'ab', headers: { 'Content-Length': '2' } });
  });

  it('is data as well when a synchronous iterable streams', () => {
    expect(new Response(new Set(['a', 'b'])).data).toEqual(bytes('ab'));
    expect(() => new Response(ReadableStream.from(['a'])).data).toThrow(/await response\.bytes/);
  });
});

describe('replaceBody', () => {
  it('puts another body in the place of the old one, and leaves the headers', async () => {
    const response = new Response('abc', { headers: { 'X-A': 'b' } });
    response.replaceBody((body) => [body as Uint8Array, 'd']);
    response.headers.remove('Content-Length');
    const { text, headers } = await serve(response);
    expect([text, headers['Content-Length'], headers['X-A']]).toEqual(['abcd', '4', 'b']);
  });

  it('refuses to take the place of a stream that was sent', async () => {
    const response = new Response(new Set(['a']));
    await serve(response);
    expect(() => response.replaceBody(() => 'b')).toThrow(BodyConsumedError);
  });
});

describe('Response.json', () => {
  it('sends a value as JSON', async () => {
    expect(await serve(Response.json({ a: 'ä' }, { status: 201 }))).toMatchObject({
      status: '201 Created',
      headers: { 'Content-Type': 'application/json', 'Content-Length': '10' },
      text: '{"a":"ä"}',
    });
  });

  it('refuses what JSON has no text for', () => {
    expect(() => Response.json(undefined)).toThrow(/JSON has no text for undefined/);
  });
});

describe('callOnClose', () => {
  it('has callbacks run in order, once, after the body', async () => {
    const calls: string[] = [];
    const response = new Response('x');
    response.callOnClose(() => calls.push('first'));
    response.callOnClose(async () => calls.push('second'));
    const body = response(testEnviron(), () => () => {});
    expect(body).toBeInstanceOf(Array);
    expect(calls).toEqual([]);
    await (body as { close?(): unknown }).close?.();
    await response.close();
    expect(calls).toEqual(['first', 'second']);
  });

  it('runs every callback, whatever the others throw, and then throws', async () => {
    const last = vi.fn();
    const response = new Response('x');
    response.callOnClose(() => {
      throw new Error('one');
    });
    response.callOnClose(() => Promise.reject(new Error('two')));
    response.callOnClose(last);
    await expect(response.close()).rejects.toThrow(AggregateError);
    expect(last).toHaveBeenCalledOnce();
  });
});

describe('a response as a value', () => {
  it('describes itself', () => {
    expect(inspect(new Response('abc'))).toBe('[Response 200 OK, 3 bytes]');
    expect(String(new Response(new Set(['a']), { status: 404 }))).toBe(
      '[Response 404 Not Found, streamed]',
    );
  });

  it('refuses to stream twice', async () => {
    const response = new Response(new Set(['a']));
    await serve(response);
    await expect(serve(response)).rejects.toThrow(BodyConsumedError);
  });

  it('closes a stream whose header fields fail, unless another request has it', async () => {
    class Failing extends Response {
      override getGatewayHeaders(environ: Environ): HeaderList {
        if (environ.PATH_INFO === '/fail') throw new Error('no fields');
        return super.getGatewayHeaders(environ);
      }
    }
    const end = vi.fn();
    const make = () => {
      const response = new Failing(new Set(['a']));
      response.callOnClose(end);
      return response;
    };
    await expect(serve(make(), { path: '/fail' })).rejects.toThrow('no fields');
    expect(end).toHaveBeenCalledOnce();
    const sent = make();
    const body = sent(testEnviron(), () => () => {}) as Iterable<Uint8Array> & Body;
    await expect(serve(sent, { path: '/fail' })).rejects.toThrow('no fields');
    await expect(serve(sent)).rejects.toThrow(BodyConsumedError);
    expect([...body]).toEqual([bytes('a')]);
    expect(end).toHaveBeenCalledOnce();
    await body.close?.();
    expect(end).toHaveBeenCalledTimes(2);
  });
});

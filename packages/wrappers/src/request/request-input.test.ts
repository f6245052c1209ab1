import { gzipSync } from 'node:zlib';
import { BadRequest, RequestEntityTooLarge, UnsupportedMediaType } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, type TestRequest, testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

const gzipped = (text: string) => new Uint8Array(gzipSync(text));

function post(body: Uint8Array, request: TestRequest = {}): Request {
  const headers = { 'Content-Encoding': 'gzip', ...request.headers };
  return new Request(testEnviron({ method: 'POST', body: [body], ...request, headers }));
}

function decoding(body: Uint8Array, request?: TestRequest): Request {
  return Object.assign(post(body, request), { decodesContent: true });
}

describe('a body with a Content-Encoding', () => {
  it('is left as it is unless that is wanted', async () => {
    const body = gzipped('hello');
    expect(await post(body).bytes()).toEqual(body);
  });

  it('is decoded for every way to read it', async () => {
    class Decoding extends Request {
      static override decodesContent = true;
    }
    const { environ } = post(gzipped('hello'));
    expect(await new Decoding(environ).text()).toBe('hello');
    expect(await decoding(gzipped('hello')).stream.read(2)).toEqual(bytes('he'));
    const json = { headers: { 'Content-Type': 'application/json' } };
    expect(await decoding(gzipped('{"a":1}'), json).json()).toEqual({ a: 1 });
    const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
    expect((await decoding(gzipped('a=1'), form).form()).get('a')).toBe('1');
    expect(await decoding(gzipped('hello'), { chunked: true }).text()).toBe('hello');
  });

  it('is limited by what comes out of it', async () => {
    const bomb = gzipped('x'.repeat(1_000_000));
    expect(bomb.length).toBeLessThan(2000);
    for (const limit of ['maxContentLength', 'maxBufferSize']) {
      const request = Object.assign(decoding(bomb), { [limit]: 10_000 });
      await expect(request.bytes(), limit).rejects.toThrow(RequestEntityTooLarge);
    }
    const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
    await expect(decoding(bomb, form).form()).rejects.toThrow(RequestEntityTooLarge);
    const exact = Object.assign(decoding(bomb), { maxBufferSize: 1_000_000 });
    expect((await exact.bytes()).length).toBe(1_000_000);
  });

  it('is refused where it is corrupt, or of a coding that nobody knows', async () => {
    await expect(decoding(bytes('not gzip')).text()).rejects.toThrow(BadRequest);
    const odd = decoding(bytes('x'), { headers: { 'Content-Encoding': 'odd' } });
    await expect(odd.text()).rejects.toThrow(UnsupportedMediaType);
  });

  it('is the same body once it is a request of the platform', async () => {
    const decoded = decoding(gzipped('hello')).toFetch();
    expect(decoded.headers.has('Content-Encoding')).toBe(false);
    expect(decoded.headers.has('Content-Length')).toBe(false);
    expect(await decoded.text()).toBe('hello');
    const encoded = post(gzipped('hello')).toFetch();
    expect(encoded.headers.get('Content-Encoding')).toBe('gzip');
    expect(await encoded.bytes()).toEqual(gzipped('hello'));
  });
});

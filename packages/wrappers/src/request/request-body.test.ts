import { BadRequest, RequestEntityTooLarge, UnsupportedMediaType } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, type TestInput, type TestRequest, testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

const post = (request: TestRequest) => new Request(testEnviron({ method: 'POST', ...request }));
const json = (body: string, type = 'application/json') =>
  post({ body, headers: { 'Content-Type': type } });
const taken = (request: Request) => (request.environ['gateway.input'] as TestInput).taken;

describe('the body of a request', () => {
  it('is read once and kept for every method that asks', async () => {
    const request = json('{"a":1}');
    expect(await request.bytes()).toEqual(bytes('{"a":1}'));
    expect(await request.json()).toEqual({ a: 1 });
    expect(await request.text()).toBe('{"a":1}');
    expect(taken(request)).toBe(7);
  });

  it('can be asked for twice at a time', async () => {
    const request = json('[1]');
    expect(await Promise.all([request.json(), request.text()])).toEqual([[1], '[1]']);
  });

  it('is empty when there is none', async () => {
    expect(await new Request(testEnviron()).text()).toBe('');
  });

  it('is text with U+FFFD where it is not UTF-8', async () => {
    expect(await post({ body: [new Uint8Array([97, 0xff])] }).text()).toBe('a\ufffd');
  });

  it('streams', async () => {
    const request = post({ body: [bytes('a\nb'), bytes('c')], chunked: true });
    expect(Buffer.from(await request.stream.readLine()).toString()).toBe('a\n');
    const rest: Uint8Array[] = [];
    for await (const chunk of request.stream) rest.push(chunk);
    expect(Buffer.concat(rest).toString()).toBe('bc');
  });
});

describe('request.json()', () => {
  it('gives the same value every time', async () => {
    const request = json('{"a":1}');
    expect(await request.json()).toBe(await request.json());
  });

  it('refuses a body of another type with 415', async () => {
    await expect(json('{}', 'text/plain').json()).rejects.toThrow(UnsupportedMediaType);
    expect(await json('{}', 'text/plain').json({ silent: true })).toBeNull();
    expect(await json('{"a":1}', 'text/plain').json({ force: true })).toEqual({ a: 1 });
  });

  it('refuses what is not JSON, or not UTF-8, with 400', async () => {
    await expect(json('nope').json()).rejects.toThrow(BadRequest);
    await expect(json('').json()).rejects.toThrow(BadRequest);
    const invalid = post({
      body: [new Uint8Array([0x22, 0xff, 0x22])],
      headers: { 'Content-Type': 'application/json' },
    });
    await expect(invalid.json()).rejects.toThrow(BadRequest);
  });

  it('keeps a silent answer and an error apart', async () => {
    const request = json('nope');
    expect(await request.json({ silent: true })).toBeNull();
    await expect(request.json()).rejects.toThrow(BadRequest);
    expect(await request.json({ silent: true })).toBeNull();
  });

  it('lets a subclass answer for what is not JSON', async () => {
    class Lenient extends Request {
      override onJsonLoadingFailed(error: Error) {
        return { failed: error.name };
      }
    }
    const { environ } = json('nope');
    expect(await new Lenient(environ).json()).toEqual({ failed: 'SyntaxError' });
  });

  it('takes __proto__ for a key like any other', async () => {
    const value = await json('{"__proto__":{"polluted":true}}').json<object>();
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the limits of a body', () => {
  it('refuse a declared length before a byte is read', async () => {
    const request = post({ body: 'x'.repeat(20) });
    request.maxBufferSize = 19;
    await expect(request.bytes()).rejects.toThrow(RequestEntityTooLarge);
    expect(taken(request)).toBe(0);
  });

  it('stop a body without a length one byte beyond', async () => {
    const request = post({ body: [bytes('x'.repeat(500))], chunked: true });
    request.maxBufferSize = 100;
    await expect(request.bytes()).rejects.toThrow(/more than the 100 bytes/);
    expect(taken(request)).toBe(101);
    await expect(request.text()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('let a body pass that has exactly as many bytes', async () => {
    for (const chunked of [false, true]) {
      const request = post({ body: 'x'.repeat(20), chunked });
      request.maxBufferSize = 20;
      request.maxContentLength = 20;
      expect((await request.bytes()).length).toBe(20);
    }
  });

  it('of maxContentLength hold for the stream as well', async () => {
    class Small extends Request {
      static override maxContentLength = 10;
    }
    const declared = new Small(testEnviron({ body: 'x'.repeat(11) }));
    expect(() => declared.stream).toThrow(RequestEntityTooLarge);
    await expect(declared.bytes()).rejects.toThrow(RequestEntityTooLarge);

    const chunked = () =>
      new Small(
        testEnviron({ body: [bytes('x'.repeat(8)), bytes('x\n'.repeat(8))], chunked: true }),
      );
    await expect(chunked().stream.read()).rejects.toThrow(RequestEntityTooLarge);
    const { stream } = chunked();
    expect((await stream.read(8)).length).toBe(8);
    expect((await stream.readLine()).length).toBe(2);
    await expect(stream.readLine()).rejects.toThrow(RequestEntityTooLarge);
    const iterate = async () => {
      for await (const chunk of chunked().stream) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(iterate()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('are finite by default for what is kept in memory', () => {
    expect(Request.maxBufferSize).toBe(16 * 1024 * 1024);
    expect(Request.maxFormMemorySize).toBe(500_000);
    expect(Request.maxFormParts).toBe(1000);
  });
});

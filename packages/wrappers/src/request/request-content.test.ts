import {
  BadRequest,
  ChunkInput,
  ClientDisconnected,
  RequestEntityTooLarge,
  UnsupportedMediaType,
} from '@werkstatt/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BodyConsumedError, ShallowRequestError } from '../errors/wrapper-errors.ts';
import { bytes, type TestInput, type TestRequest, testEnviron } from '../testing/environ.ts';
import { brokenInput } from '../testing/form.ts';
import { RequestContent as Request } from './request-content.ts';

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

  it('is given in a buffer of its own, not in one of the server', async () => {
    const chunk = bytes('abc').subarray(1);
    for (const cache of [true, false]) {
      const request = new Request({
        ...testEnviron({ method: 'POST', headers: { 'Content-Length': '2' } }),
        'gateway.input': new ChunkInput([chunk]),
      });
      const data = await request.getData({ cache });
      expect(data).toEqual(bytes('bc'));
      expect(data.buffer.byteLength).toBe(2);
    }
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

  it('is for nobody else once its stream was read: a part would look like the whole', async () => {
    const request = post({ body: 'abc' });
    await request.stream.read(1);
    await expect(request.text()).rejects.toThrow(BodyConsumedError);
    expect(await request.stream.read()).toEqual(bytes('bc'));
    const form = post({
      body: '--b\r\n…',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
    });
    await form.stream.read(1);
    await expect(form.form()).rejects.toThrow(BodyConsumedError);
  });

  it('streams what was kept, and as often as it is parsed', async () => {
    const request = post({ body: 'abc' });
    const { stream } = request;
    const kept = request.bytes();
    expect(await request.stream.read()).toEqual(await kept);
    expect(await stream.read()).toEqual(bytes(''));
  });

  it('ends where its length says, on servers that do not end it themselves', async () => {
    const environ = testEnviron({ body: 'abc' });
    environ['gateway.input_terminated'] = false;
    environ['gateway.input'] = new ChunkInput([bytes('abcdef')]);
    expect(await new Request(environ).text()).toBe('abc');
    environ['gateway.input'] = new ChunkInput([bytes('ab')]);
    await expect(new Request(environ).text()).rejects.toThrow(ClientDisconnected);
    delete environ.CONTENT_LENGTH;
    environ['gateway.input'] = new ChunkInput([bytes('abcdef')]);
    const request = new Request(environ);
    expect(await request.text()).toBe('');
    expect(await request.inputStream.read()).toEqual(bytes('abcdef'));
  });

  it('can be awaited late though the client goes away before', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    for (const type of ['application/json', 'multipart/form-data; boundary=b']) {
      const request = () => {
        const environ = testEnviron({ method: 'POST', headers: { 'Content-Type': type } });
        return new Request({ ...environ, 'gateway.input': brokenInput(bytes('--b')) });
      };
      const reads: Promise<unknown>[] = [
        ...[request().bytes(), request().text(), request().json(), request().getData()],
        ...(type.startsWith('multipart')
          ? [request().form(), request().files(), request().values(), request().data()]
          : []),
      ];
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(unhandled).not.toHaveBeenCalled();
      const outcomes = await Promise.allSettled(reads);
      expect(outcomes.map(({ status }) => status)).toEqual(reads.map(() => 'rejected'));
    }
  });

  it('is not there in a shallow request', async () => {
    const request = new Request(testEnviron({ body: '{}' }), { shallow: true });
    expect(() => request.stream).toThrow(ShallowRequestError);
    await expect(request.bytes()).rejects.toThrow(/without `shallow`/);
    await expect(request.json({ force: true })).rejects.toThrow(ShallowRequestError);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' };
    const form = new Request(testEnviron({ body: '', headers }), { shallow: true });
    await expect(form.form()).rejects.toThrow(ShallowRequestError);
    expect(request.path).toBe('/');
    expect(taken(request)).toBe(0);
  });
});

describe('request.getData()', () => {
  it('keeps the body unless told otherwise', async () => {
    const request = post({ body: 'a\xff' });
    expect(await request.getData()).toEqual(bytes('a\xff'));
    expect(await request.getData({ asText: true })).toBe('a\xff');
    expect(await request.data()).toEqual(bytes('a\xff'));
    expect(await request.getData({ cache: false, asText: true })).toBe('a\xff');
    expect(await request.text()).toBe('a\xff');
  });

  it('gives it once when it is not to be kept, and says so to others', async () => {
    const request = post({ body: 'abc' });
    expect(await request.getData({ cache: false, asText: true })).toBe('abc');
    expect(await request.getData({ asText: true })).toBe('');
    await expect(request.bytes()).rejects.toThrow(BodyConsumedError);
    await expect(request.text()).rejects.toThrow(/was read by getData\(\)/);
  });

  it('obeys the limit of memory, kept or not', async () => {
    for (const chunked of [false, true]) {
      for (const cache of [false, true]) {
        const request = post({ body: 'x'.repeat(20), chunked });
        request.maxBufferSize = 19;
        await expect(request.getData({ cache })).rejects.toThrow(RequestEntityTooLarge);
      }
    }
  });

  it('is empty once a form was made of the body', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const after = post({ body: 'a=1', headers });
    await after.form();
    expect(await after.getData({ asText: true })).toBe('');
    expect(await post({ body: 'a=1', headers }).data()).toEqual(bytes(''));
    const before = post({ body: 'a=1', headers });
    expect(await before.getData({ asText: true })).toBe('a=1');
    expect((await before.form()).get('a')).toBe('1');
    expect(await before.getData({ asText: true })).toBe('a=1');
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

  it('gives what was parsed by force to those who ask without it', async () => {
    const request = json('{"a":1}', 'text/plain');
    await expect(request.json()).rejects.toThrow(UnsupportedMediaType);
    const value = await request.json({ force: true });
    expect(await request.json()).toBe(value);
    expect(await request.json({ silent: true })).toBe(value);
  });

  it('takes deep nesting for what it is, an error of the client', async () => {
    await expect(json('['.repeat(200_000)).json()).rejects.toThrow(BadRequest);
  });

  it('does not take a body that was read before for one that is malformed', async () => {
    const request = json('{}');
    await request.getData({ cache: false });
    await expect(request.json({ silent: true })).rejects.toThrow(BodyConsumedError);
  });

  it('parses with what a subclass says', async () => {
    class Reviving extends Request {
      static override jsonModule = { parse: (text: string) => `parsed ${text}` };
    }
    expect(await new Reviving(json('{}').environ).json()).toBe('parsed {}');
  });

  it('lets a subclass answer for what is not JSON', async () => {
    class Lenient extends Request {
      override async onJsonLoadingFailed(error: unknown) {
        return { failed: error instanceof Error ? error.name : 'type' };
      }
    }
    const lenient = new Lenient(json('nope').environ);
    expect(await lenient.json()).toEqual({ failed: 'SyntaxError' });
    expect(await lenient.json()).toBe(await lenient.json());
    expect(await lenient.json({ silent: true })).toBeNull();
    const other = new Lenient(json('1', 'text/plain').environ);
    expect(await other.json()).toEqual({ failed: 'type' });
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

  it('are numbers, for anything else would let everything pass', () => {
    const request = post({ body: 'x' });
    request.maxContentLength = Number.NaN;
    expect(() => request.stream).toThrow(/maxContentLength is NaN/);
  });

  it('can be lifted', async () => {
    const request = post({ body: 'x'.repeat(20), chunked: true });
    request.maxContentLength = Number.POSITIVE_INFINITY;
    request.maxBufferSize = Number.POSITIVE_INFINITY;
    expect((await request.bytes()).length).toBe(20);
  });

  it('are those of the class, of one request, or of a field of the class', () => {
    class Small extends Request {
      static override maxFormParts = 10;
    }
    const request = new Small(testEnviron());
    expect([request.maxFormParts, request.maxFormFields]).toEqual([10, 1000]);
    request.maxFormParts = 20;
    request.maxFormMemorySize = 30;
    request.maxFormFields = 40;
    expect(request).toMatchObject({ maxFormParts: 20, maxFormMemorySize: 30, maxFormFields: 40 });
    expect(new Small(testEnviron()).maxFormParts).toBe(10);
    expect(Request.maxFormParts).toBe(1000);
  });

  it('are finite by default', () => {
    expect(Request.maxContentLength).toBe(512 * 1024 * 1024);
    expect(Request.maxBufferSize).toBe(16 * 1024 * 1024);
    expect(Request.maxFormMemorySize).toBe(500_000);
    expect(Request.maxFormParts).toBe(1000);
    expect(Request.maxFormFields).toBe(1000);
  });
});

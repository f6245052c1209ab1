import type { Body, GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, get, requestText, serve } from '../../test/serve.ts';

type Kind = 'array' | 'iterable' | 'async iterable' | 'promised array' | 'promised iterable';
const KINDS: Kind[] = [
  'array',
  'iterable',
  'async iterable',
  'promised array',
  'promised iterable',
];

function bodyOf(kind: Kind, chunks: unknown[]): Body | Promise<Body> {
  const list = chunks as Uint8Array[];
  if (kind === 'array') return list;
  if (kind === 'promised array') return Promise.resolve(list);
  if (kind === 'iterable') return new Set(list);
  async function* generate(): AsyncGenerator<Uint8Array> {
    for (const chunk of list) yield chunk;
  }
  return kind === 'async iterable' ? generate() : Promise.resolve(generate());
}

function answering(
  kind: Kind,
  chunks: unknown[],
  status = '200 OK',
  headers: [string, string][] = [],
): GatewayApp {
  return (_environ, startResponse) => {
    startResponse(status, headers);
    return bodyOf(kind, chunks);
  };
}

describe.each(KINDS)('a body that is an %s', (kind) => {
  const array = kind.endsWith('array');

  it(`is framed by ${array ? 'the sum of its chunks' : 'chunked coding'} on HTTP/1.1`, async () => {
    const { ask } = await serve(answering(kind, [bytes('one, '), bytes(''), bytes('two')]));
    const response = await ask();
    expect(response).toMatchObject({ body: 'one, two', chunked: !array });
    expect(fieldOf(response, 'Content-Length')).toBe(array ? '8' : undefined);
    expect(fieldOf(response, 'Connection')).toBeUndefined();
  });

  it(`is framed by ${array ? 'its length' : 'the end of the connection'} on HTTP/1.0`, async () => {
    const { ask } = await serve(answering(kind, [bytes('one, '), bytes('two')]));
    const response = await ask('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(response).toMatchObject({ body: 'one, two', chunked: false });
    expect(fieldOf(response, 'Content-Length')).toBe(array ? '8' : undefined);
    expect(fieldOf(response, 'Connection')).toBe(array ? 'keep-alive' : 'close');
  });

  it('says length 0 when it is empty', async () => {
    const response = await (await serve(answering(kind, []))).ask();
    expect(fieldOf(response, 'Content-Length')).toBe('0');
  });

  it('keeps a right declared length', async () => {
    const app = answering(kind, [bytes('abc')], '200 OK', [['content-length', '3']]);
    const response = await (await serve(app)).ask();
    expect(response).toMatchObject({ body: 'abc', chunked: false });
  });

  it.each([
    ['more', '2'],
    ['fewer', '9'],
  ])(
    'never passes for complete with %s octets than declared',
    async (_word, declared) => {
      const app = answering(kind, [bytes('ab'), bytes('c')], '200 OK', [
        ['Content-Length', declared],
      ]);
      const { connect, takeErrors } = await serve(app);
      const fields = array ? ['Connection: close'] : [];
      const client = connect().send(get('/', ...fields) + get());
      const text = await client.rest();
      if (array) expect(text).toMatch(/^HTTP\/1\.1 500 /);
      else {
        expect(text).toMatch(declared === '2' ? /\r\n\r\nab$/ : /\r\n\r\nabc$/);
        expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
      }
      expect(String(takeErrors())).toContain('Content-Length');
    },
    5_000,
  );

  it.each([
    ['a string', 'text'],
    ['a number', 1],
    ['null', null],
    ['undefined', undefined],
    ['an instance of Array', [1]],
  ])('answers 500 for %s as first chunk, and names it in the log', async (name, chunk) => {
    const { ask, takeErrors } = await serve(answering(kind, [chunk]));
    expect((await ask()).status).toBe(500);
    expect(String(takeErrors())).toContain(`a chunk that is ${name};`);
  });

  it('is a 500 or a cut connection with a wrong chunk after a right one', async () => {
    const { connect, takeErrors } = await serve(answering(kind, [bytes('right'), 'wrong']));
    const text = await connect().send(get('/', 'Connection: close')).rest();
    if (array) expect(text).toMatch(/^HTTP\/1\.1 500 /);
    else expect(text).toMatch(/5\r\nright\r\n$/);
    expect(takeErrors()).toHaveLength(1);
  });

  it('has no content in the answer to HEAD', async () => {
    const { connect } = await serve(answering(kind, [bytes('abc')]));
    const client = connect().send(requestText('HEAD', '/') + requestText('HEAD', '/'));
    const response = await client.response('HEAD');
    expect(fieldOf(response, 'Content-Length')).toBe(array ? '3' : undefined);
    expect(fieldOf(response, 'Transfer-Encoding')).toBeUndefined();
    await client.response('HEAD');
    expect(client.received).toBe('');
  });

  it('sends a declared length for HEAD, and does not check it', async () => {
    for (const chunks of [[], [bytes('abc')]]) {
      const app = answering(kind, chunks, '200 OK', [['Content-Length', '1000']]);
      const { connect } = await serve(app);
      const client = connect().send(requestText('HEAD', '/') + requestText('HEAD', '/'));
      expect(fieldOf(await client.response('HEAD'), 'Content-Length')).toBe('1000');
      expect(fieldOf(await client.response('HEAD'), 'Content-Length')).toBe('1000');
    }
  });

  it('computes no length from an empty body for HEAD', async () => {
    const { ask } = await serve(answering(kind, []));
    const response = await ask(requestText('HEAD', '/'));
    expect(fieldOf(response, 'Content-Length')).toBeUndefined();
  });

  it.each([
    ['204 No Content', undefined],
    ['205 Reset Content', '0'],
    ['304 Not Modified', '7'],
  ])('has no content with %s; its Content-Length is %s', async (status, length) => {
    const app = answering(kind, [bytes('abc')], status, [['Content-Length', '7']]);
    const { connect } = await serve(app);
    const client = connect().send(get() + get());
    const response = await client.response();
    expect(fieldOf(response, 'Content-Length')).toBe(length);
    expect(fieldOf(response, 'Transfer-Encoding')).toBeUndefined();
    await client.response();
    expect(client.received).toBe('');
  });

  it('computes no length for 304', async () => {
    const { ask } = await serve(answering(kind, [bytes('abc')], '304 Not Modified'));
    expect(fieldOf(await ask(), 'Content-Length')).toBeUndefined();
  });
});

describe('a body', () => {
  it('may be octets of any value, also above 7F and in large chunks', async () => {
    const chunk = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) & 255);
    const small = chunk.subarray(0, 3_000);
    const { ask } = await serve(answering('array', [small, chunk, small]));
    const sent = Buffer.concat([small, chunk, small]).toString('latin1');
    expect((await ask()).body === sent).toBe(true);
  });

  it.each([undefined, null, 'text', 12, {}, new Uint8Array(3)])(
    'that is %o is an error',
    async (body) => {
      const app: GatewayApp = (_environ, startResponse) => {
        startResponse('200 OK', []);
        return body as unknown as Body;
      };
      const { ask, takeErrors } = await serve(app);
      expect((await ask()).status).toBe(500);
      expect(String(takeErrors())).toContain('a body is an iterable of Uint8Array');
    },
  );

  it('that is a subclass of Uint8Array in part, a view or a Buffer, is sent exactly', async () => {
    const whole = bytes('0123456789');
    const chunks = [whole.subarray(2, 4), Buffer.from('x'), new Uint8Array(whole.buffer, 8)];
    expect((await (await serve(answering('array', chunks))).ask()).body).toBe('23x89');
  });
});

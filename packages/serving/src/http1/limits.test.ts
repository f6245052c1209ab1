import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, get, pause, post, requestText, serve, textApp } from '../../test/serve.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, type Limits } from './limits.ts';

/** Asks once, in one piece and octet by octet, and tells the status. */
async function statusOf(limits: Partial<Limits>, request: string): Promise<number> {
  const reading: GatewayApp = async (environ, startResponse) => {
    await environ['gateway.input'].read();
    startResponse('200 OK', []);
    return [bytes('x')];
  };
  const { connect } = await serve(reading, { limits });
  const whole = await connect().send(request).response();
  const client = connect();
  for (const octet of request) client.send(octet);
  expect((await client.response()).status, 'octet by octet').toBe(whole.status);
  if (whole.status >= 400) {
    expect(fieldOf(whole, 'Connection')).toBe('close');
    expect(await client.closed).not.toBeNull();
  }
  return whole.status;
}

const chunked = (...chunks: string[]) =>
  requestText('POST', '/', 'Transfer-Encoding: chunked') +
  chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');

describe('limits', () => {
  it('have these defaults', () => {
    expect(DEFAULT_LIMITS).toEqual({
      maxRequestLine: 16_384,
      maxHeaderSize: 65_536,
      maxHeaderCount: 100,
      maxBodySize: Number.POSITIVE_INFINITY,
      maxDrainSize: 262_144,
      maxConnections: 65_536,
      maxRequestsPerConnection: 1_000_000,
      maxConcurrentStreams: 100,
      maxStreamResets: 200,
    });
    expect(DEFAULT_TIMEOUTS).toEqual({
      headerTimeout: 6_000,
      bodyTimeout: 30_000,
      keepAliveTimeout: 65_000,
      writeTimeout: 60_000,
      halfCloseTimeout: 10_000,
      lingerTimeout: 5_000,
      closeTimeout: 10_000,
    });
  });

  it('keep their defaults where undefined is given', async () => {
    const limits = { maxHeaderCount: undefined } as unknown as Partial<Limits>;
    expect(await statusOf(limits, get('/', ...new Array<string>(101).fill('A: b')))).toBe(431);
  });

  it('of time may be Infinity', async () => {
    const forever = Object.fromEntries(
      Object.keys(DEFAULT_TIMEOUTS).map((name) => [name, Number.POSITIVE_INFINITY]),
    );
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Connection', 'close']]);
      return Object.assign([bytes('x')], { close: () => pause(30) });
    };
    const { connect } = await serve(app, { timeouts: forever });
    expect((await connect().send(get()).response()).body).toBe('x');
  });

  it('answer 414 for a request line that is too long, complete or not', async () => {
    const limits = { maxRequestLine: 200 };
    expect(await statusOf(limits, get(`/${'x'.repeat(150)}`))).toBe(200);
    expect(await statusOf(limits, get(`/${'x'.repeat(250)}`))).toBe(414);
    expect(await statusOf(limits, `GET /${'x'.repeat(250)}`)).toBe(414);
    expect(await statusOf(limits, '\r\n'.repeat(150))).toBe(414);
  });

  it('answer 431 for a header section that is too large, complete or not', async () => {
    const limits = { maxHeaderSize: 300 };
    expect(await statusOf(limits, get('/', `X-A: ${'x'.repeat(200)}`))).toBe(200);
    expect(await statusOf(limits, get('/', `X-A: ${'x'.repeat(300)}`))).toBe(431);
    expect(await statusOf(limits, get('/', `X-${'x'.repeat(300)}: 1`))).toBe(431);
    expect(await statusOf(limits, get('/').slice(0, -2) + 'x'.repeat(301))).toBe(431);
    expect(await statusOf(limits, `${get('/').slice(0, -2)}X: ${'x'.repeat(301)}`)).toBe(431);
    const many = Array.from({ length: 20 }, (_, i) => `X-${i}: ${'x'.repeat(15)}`);
    expect(await statusOf(limits, get('/', ...many))).toBe(431);
  });

  it('answer 431 for too many fields, those with _ counted', async () => {
    const limits = { maxHeaderCount: 5 };
    const fields = (count: number, name = 'X-A') => new Array(count).fill(`${name}: 1`);
    expect(await statusOf(limits, get('/', ...fields(4)))).toBe(200);
    expect(await statusOf(limits, get('/', ...fields(5)))).toBe(431);
    expect(await statusOf(limits, get('/', ...fields(5, 'x_a')))).toBe(431);
  });

  it('answer 431 for a trailer section that is too large or has too many fields', async () => {
    const body = `${chunked('abc')}0\r\n`;
    const limits = { maxHeaderSize: 200, maxHeaderCount: 5 };
    expect(await statusOf(limits, `${body}X: ${'x'.repeat(150)}\r\n\r\n`)).toBe(200);
    expect(await statusOf(limits, `${body}X: ${'x'.repeat(250)}\r\n\r\n`)).toBe(431);
    expect(await statusOf(limits, `${body}X: ${'x'.repeat(250)}`)).toBe(431);
    expect(await statusOf(limits, `${body}${'X: 1\r\n'.repeat(6)}\r\n`)).toBe(431);
  });

  it('answer 413 for a body that is declared too large', async () => {
    const limits = { maxBodySize: 10 };
    expect(await statusOf(limits, post('x'.repeat(10)))).toBe(200);
    expect(await statusOf(limits, post('x'.repeat(11)))).toBe(413);
    expect(await statusOf({}, requestText('POST', '/', `Content-Length: ${'9'.repeat(400)}`))).toBe(
      413,
    );
  });

  it('answer 413 for a chunked body that turns out too large, seen by the application', async () => {
    const limits = { maxBodySize: 10 };
    expect(await statusOf(limits, `${chunked('12345', '12345')}0\r\n\r\n`)).toBe(200);
    expect(await statusOf(limits, `${chunked('12345', '123456')}0\r\n\r\n`)).toBe(413);
    let name = '';
    const app: GatewayApp = async (environ) => {
      await environ['gateway.input'].read().catch((error: Error) => {
        name = error.name;
        throw error;
      });
      return [];
    };
    const { connect } = await serve(app, { limits });
    const client = connect().send(chunked());
    await pause();
    client.send('b\r\n12345678901\r\n');
    expect((await client.response()).status).toBe(413);
    expect(name).toBe('RequestEntityTooLarge');
  });

  it('answer 400 for chunk extensions that outweigh the data', async () => {
    const extensions = `1;${'x'.repeat(500)}\r\na\r\n`.repeat(40);
    expect(await statusOf({}, `${chunked()}${extensions}0\r\n\r\n`)).toBe(400);
    expect(await statusOf({}, `${chunked()}${'0'.repeat(20_000)}1\r\na\r\n0\r\n\r\n`)).toBe(400);
    expect(await statusOf({}, `${chunked()}${`1;x="y z"\r\na\r\n`.repeat(40)}0\r\n\r\n`)).toBe(200);
  });

  it('answer 501 for a method longer than any known', async () => {
    expect(await statusOf({}, requestText('X'.repeat(64), '/'))).toBe(200);
    expect(await statusOf({}, requestText('X'.repeat(65), '/'))).toBe(501);
  });

  it('answer 503 for more connections than allowed, and serve again when one ends', async () => {
    const { connect } = await serve(textApp(), { limits: { maxConnections: 2 } });
    const first = connect().send(get());
    const second = connect().send(get());
    await first.response();
    await second.response();
    const third = connect();
    expect(await third.response()).toMatchObject({ status: 503 });
    expect(await third.closed).not.toBeNull();
    first.send(get('/', 'Connection: close'));
    await first.response();
    first.end();
    await first.closed;
    for (;;) {
      const { status } = await connect().send(get('/', 'Connection: close')).response();
      if (status === 200) break;
      await pause();
    }
  });

  it('close a connection after its last request, and say so', async () => {
    const { connect } = await serve(textApp(), { limits: { maxRequestsPerConnection: 3 } });
    const client = connect().send(get().repeat(5));
    const said: unknown[] = [];
    for (let i = 0; i < 3; i++) said.push(fieldOf(await client.response(), 'Connection'));
    expect(said).toEqual([undefined, undefined, 'close']);
    expect(await client.rest()).toBe('');
  });
});

import http2 from 'node:http2';
import { PassThrough } from 'node:stream';
import type { GatewayApp, HeaderList } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { Http2Client, readResponse, serveHttp2 } from '../../test/http2-client.ts';
import { bytes, eventually, pause } from '../../test/serve.ts';
import { GatewayRequestHandler } from '../servers/request-handler.ts';

function answering(
  status: string,
  headers: HeaderList = [],
  body: ReturnType<GatewayApp> = [],
): GatewayApp {
  return (_environ, startResponse) => {
    startResponse(status, headers);
    return body;
  };
}

/** Sends one request to an application and reads the answer. */
async function ask(app: GatewayApp, fields: http2.OutgoingHttpHeaders = {}) {
  const served = await serveHttp2(app);
  const response = await new Http2Client(served.port).ask(fields);
  return { ...response, served };
}

const INTERNAL_ERROR = http2.constants.NGHTTP2_INTERNAL_ERROR;

describe('a response over HTTP/2', () => {
  it('has its fields in lower case, each value of its own, latin-1 kept', async () => {
    const headers: HeaderList = [
      ['X-Text', 'caf\xe9'],
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['Content-Type', 'text/plain'],
      ['content-type', 'text/html'],
    ];
    const {
      status,
      headers: got,
      raw,
      body,
    } = await ask(answering('200 OK', headers, [bytes('hi')]));
    expect(status).toBe(200);
    expect(got['x-text']).toBe('caf\xe9');
    expect(got['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(raw.filter((name) => name === 'content-type')).toHaveLength(2);
    expect(got['content-length']).toBe('2');
    expect(got.server).toBe('Werkstatt');
    expect(Date.parse(got.date!)).toBeGreaterThan(Date.now() - 5_000);
    expect(body).toBe('hi');
  });

  it('keeps the Date and Server of the application', async () => {
    const app = answering('200 OK', [
      ['Date', 'Sun, 06 Nov 1994 08:49:37 GMT'],
      ['Server', 'mine'],
    ]);
    const { raw } = await ask(app);
    expect(raw.filter((name) => name === 'date' || name === 'server')).toHaveLength(2);
    expect(raw).toContain('Sun, 06 Nov 1994 08:49:37 GMT');
    expect(raw).toContain('mine');
  });

  it.each<[string, string, HeaderList, string | undefined]>([
    ['HEAD', '200 OK', [['Content-Length', '5']], '5'],
    ['HEAD', '200 OK', [], '4'],
    ['GET', '204 No Content', [['Content-Length', '5']], undefined],
    ['GET', '205 Reset Content', [], '0'],
    ['GET', '304 Not Modified', [['Content-Length', '5']], '5'],
    ['GET', '304 Not Modified', [], undefined],
  ])('to %s with %s has no body, whatever is yielded', async (method, status, headers, length) => {
    const response = await ask(answering(status, headers, [bytes('body')]), { ':method': method });
    expect(response).toMatchObject({ status: Number.parseInt(status, 10), body: '', code: 0 });
    expect(response.headers['content-length']).toBe(length);
  });

  it('streams iterables, sync and async, with backpressure', async () => {
    let pulled = 0;
    let closed = 0;
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      const chunk = Buffer.alloc(16_384, 'x');
      const sync = environ.PATH_INFO === '/sync';
      const next = () => ({ done: pulled++ === 300, value: chunk });
      const iterator = sync ? { next } : { next: async () => next() };
      const key = sync ? Symbol.iterator : Symbol.asyncIterator;
      return { [key]: () => iterator, close: () => void closed++ } as never;
    };
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port);
    for (const path of ['/sync', '/async']) {
      pulled = 0;
      const stream = client.open({ ':path': path });
      stream.pause();
      await pause(150);
      expect(pulled).toBeLessThan(100);
      const response = readResponse(stream);
      stream.resume();
      expect((await response).body.length).toBe(300 * 16_384);
    }
    expect(closed).toBe(2);
  });

  it('sends at once what write() is given, and awaits room', async () => {
    const app: GatewayApp = async (_environ, startResponse) => {
      const write = startResponse('200 OK', []);
      await write(new Uint8Array());
      await pause(30);
      for (let i = 0; i < 100; i++) await write(Buffer.alloc(10_000));
      return [bytes('end')];
    };
    const { port } = await serveHttp2(app);
    const stream = new Http2Client(port).open();
    const response = readResponse(stream);
    await new Promise((resolve) => stream.on('response', resolve));
    expect((await response).body.length).toBe(1_000_003);
  });

  it('has early hints before it and trailers behind it', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      environ['gateway.early_hints']!([['Link', '</a.css>; rel=preload']]);
      await pause(10);
      startResponse('200 OK', []);
      environ['gateway.send_trailers']!([['X-Sum', '12']]);
      return [bytes('body')];
    };
    const response = await ask(app);
    expect(response).toMatchObject({ status: 200, body: 'body', trailers: { 'x-sum': '12' } });
    expect(response.interim).toEqual([
      expect.objectContaining({ ':status': 103, link: '</a.css>; rel=preload' }),
    ]);
  });

  it('leaves out of all fields what belongs to the connection', async () => {
    const settings: HeaderList = [
      ['HTTP2-Settings', 'AAA'],
      ['X-Sum', '12'],
    ];
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.send_trailers']!(settings);
      startResponse('200 OK', settings);
      return [bytes('body')];
    };
    const response = await ask(app);
    expect(response).toMatchObject({ status: 200, body: 'body', trailers: { 'x-sum': '12' } });
    expect(response.headers).not.toHaveProperty('http2-settings');
    expect(response.trailers).not.toHaveProperty('http2-settings');
  });

  it('has as long fields as the application gives it, and ends no connection for them', async () => {
    const long: HeaderList = Array.from({ length: 90 }, (_, at) => [`x-${at}`, 'y'.repeat(1_000)]);
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', long);
      return [bytes('body')];
    };
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port, { settings: { maxHeaderListSize: 1_000_000 } });
    const response = await client.ask();
    expect(response).toMatchObject({
      status: 200,
      body: 'body',
      headers: Object.fromEntries(long),
    });
    expect((await client.ask()).status).toBe(200);
  });

  it('sends trailers that are set while the body runs, and none with a length', async () => {
    const late: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('a');
        await pause(10);
        environ['gateway.send_trailers']!([['X-Late', 'yes']]);
      })();
    };
    expect(await ask(late)).toMatchObject({ body: 'a', trailers: { 'x-late': 'yes' } });
    const declared: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '1']]);
      environ['gateway.send_trailers']!([['X-Late', 'yes']]);
      return [bytes('a')];
    };
    const { status, served } = await ask(declared);
    expect(status).toBe(500);
    expect(String(served.takeErrors()[0])).toContain('gateway.send_trailers');
  });

  it.each<[string, GatewayApp]>([
    ['a status that is none', answering('2000 OK')],
    ['a hop-by-hop field', answering('200 OK', [['Transfer-Encoding', 'chunked']])],
    ['a value with a line end', answering('200 OK', [['X', 'a\r\nb']])],
    ['a length that is wrong', answering('200 OK', [['Content-Length', '1']], [bytes('ab')])],
    ['a body without startResponse', () => [bytes('x')]],
    ['a chunk that is a string', answering('200 OK', [], ['x'] as never)],
    ['a failure', () => Promise.reject(new Error('it failed'))],
  ])('for %s is a clean 500', async (_what, app) => {
    const { status, body, code, served } = await ask(app);
    expect({ status, code }).toEqual({ status: 500, code: 0 });
    expect(body).not.toContain('Error:');
    expect(served.takeErrors()).toHaveLength(1);
  });

  it('that fails midway, or ends short, is reset, not ended', async () => {
    const midway: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('half');
        await pause(20);
        throw new Error('midway');
      })();
    };
    const short: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '9']]);
      return (async function* () {
        yield bytes('half');
        await pause(20);
      })();
    };
    for (const app of [midway, short]) {
      const { status, body, code, served } = await ask(app);
      expect({ status, body, code }).toEqual({ status: 200, body: 'half', code: INTERNAL_ERROR });
      expect(served.takeErrors()).toHaveLength(1);
      expect(await new Http2Client(served.port).ask()).toMatchObject({ status: 200 });
      served.takeErrors();
    }
  });

  it('closes a body whose client has gone, and tells of it, once', async () => {
    const events: string[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.signal'].addEventListener('abort', () => events.push('abort'));
      startResponse('200 OK', []);
      return {
        async *[Symbol.asyncIterator]() {
          try {
            for (;;) {
              yield bytes('x');
              await pause(5);
            }
          } finally {
            events.push('return');
          }
        },
        close: () => void events.push('close'),
      };
    };
    const { port, dropped } = await serveHttp2(app);
    const client = new Http2Client(port);
    const stream = client.open();
    await new Promise((resolve) => stream.once('data', resolve));
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await eventually(() => events.length === 3);
    expect(events).toEqual(['abort', 'return', 'close']);
    expect(dropped).toHaveLength(1);
    const other = client.open();
    await new Promise((resolve) => other.once('data', resolve));
    client.session.destroy();
    await eventually(() => events.length === 6);
    expect(dropped).toHaveLength(2);
  });

  it('is logged, and goes through the hooks of the handler', async () => {
    const handlers = new Set<GatewayRequestHandler>();
    class Tagged extends GatewayRequestHandler {
      override makeEnviron(environ: never): never {
        handlers.add(this);
        (environ as Record<string, unknown>)['test.tag'] = 'tagged';
        return environ;
      }
      override versionString(): string {
        return 'Mine';
      }
    }
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return [bytes(String(environ['test.tag']))];
    };
    const records: unknown[] = [];
    const { port } = await serveHttp2(app, {
      requestHandler: Tagged,
      accessLogTo: new PassThrough(),
      accessLog: (record) => {
        records.push(record);
        return 'line';
      },
    });
    const client = new Http2Client(port);
    const [first] = await Promise.all([
      client.ask({ ':path': '/1' }),
      client.ask({ ':path': '/2' }),
    ]);
    expect(first).toMatchObject({ body: 'tagged', headers: { server: 'Mine' } });
    await eventually(() => records.length === 2);
    expect(handlers.size).toBe(1);
    expect(records[0]).toMatchObject({
      target: '/1',
      protocol: 'HTTP/2',
      status: 200,
      bytes: 6,
      remoteAddr: '127.0.0.1',
    });
  });

  it('is logged once though its body closes after its stream', async () => {
    const records: unknown[] = [];
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign([bytes('x')], { close: () => pause(100) });
    };
    const { port } = await serveHttp2(app, {
      accessLogTo: new PassThrough(),
      accessLog: (record) => String(records.push(record)),
    });
    const start = performance.now();
    expect((await new Http2Client(port).ask()).body).toBe('x');
    expect(performance.now() - start).toBeLessThan(95);
    await eventually(() => records.length === 1);
  });

  it("is given up with its connection by the socket's destroy()", async () => {
    const app: GatewayApp = (environ) => {
      environ['gateway.socket']!.destroy();
      return new Promise(() => {});
    };
    const { port, dropped } = await serveHttp2(app);
    const client = new Http2Client(port);
    expect((await client.ask()).status).toBe(0);
    await client.closed;
    await eventually(() => dropped.length === 1);
  });

  it('ends the server with passthroughErrors', async () => {
    const failure = new Error('passed through');
    const app: GatewayApp = () => {
      throw failure;
    };
    const { server, port } = await serveHttp2(app, { passthroughErrors: true });
    const serving = server.serveForever().catch((error: unknown) => error);
    expect((await new Http2Client(port).ask()).status).toBe(0);
    expect(await serving).toBe(failure);
  });
});

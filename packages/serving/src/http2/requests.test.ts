import { execFile } from 'node:child_process';
import http2 from 'node:http2';
import tls from 'node:tls';
import type { Environ, GatewayApp, HeaderList } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { Client } from '../../test/client.ts';
import { Http2Client, readResponse, serveHttp2 } from '../../test/http2-client.ts';
import { bytes, eventually, get, pause, textApp } from '../../test/serve.ts';

/** An application that keeps the environ it was given, and answers nothing. */
function keeping(): { app: GatewayApp; seen: Environ[] } {
  const seen: Environ[] = [];
  const app: GatewayApp = (environ, startResponse) => {
    seen.push(environ);
    startResponse('200 OK', []);
    return [];
  };
  return { app, seen };
}

const echo: GatewayApp = async (environ, startResponse) => {
  const body = await environ['gateway.input'].read();
  startResponse('200 OK', []);
  return [body];
};

describe('a request over HTTP/2', () => {
  it('has the environ that HTTP/1.1 gives', async () => {
    const { app, seen } = keeping();
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port);
    await client.ask({
      ':path': '/a%20b/%2f?x=%20y',
      ':authority': 'Shop.example:4443',
      'x-many': ['1', '2'],
      'content-type': 'text/plain',
      accept: '\xe9',
    });
    const environ = seen[0]!;
    const remotePort = String((client.session.socket as tls.TLSSocket).localPort);
    expect({ ...environ }).toMatchObject({
      REQUEST_METHOD: 'GET',
      SCRIPT_NAME: '',
      PATH_INFO: '/a b//',
      QUERY_STRING: 'x=%20y',
      REQUEST_URI: '/a%20b/%2f?x=%20y',
      SERVER_PROTOCOL: 'HTTP/2',
      SERVER_NAME: '127.0.0.1',
      SERVER_PORT: String(port),
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_PORT: remotePort,
      HTTP_HOST: 'Shop.example:4443',
      HTTP_X_MANY: '1, 2',
      HTTP_ACCEPT: '\xe9',
      CONTENT_TYPE: 'text/plain',
      'gateway.url_scheme': 'https',
      'gateway.input_terminated': true,
    });
    expect(environ.CONTENT_LENGTH).toBeUndefined();
    expect(environ['gateway.upgrade']).toBeUndefined();
    expect(environ['gateway.socket']!.encrypted).toBe(true);
    expect(environ['gateway.socket']!.remotePort).toBe(Number(remotePort));
  });

  it('joins the crumbs of a cookie, and drops names with _', async () => {
    const { app, seen } = keeping();
    const { port } = await serveHttp2(app);
    const fields = { cookie: ['a=1', 'b=2'], x_real_ip: '6.6.6.6', 'x-real-ip': '1.1.1.1' };
    await new Http2Client(port).ask(fields);
    expect(seen[0]!.HTTP_COOKIE).toBe('a=1; b=2');
    expect(seen[0]!.HTTP_X_REAL_IP).toBe('1.1.1.1');
    const raw = seen[0]!['gateway.raw_headers']();
    expect(raw).toContainEqual(['x_real_ip', '6.6.6.6']);
    expect(raw.filter(([name]) => name.startsWith(':'))).toEqual([]);
  });

  it('reads a body with a length, without one, and with none', async () => {
    const { port } = await serveHttp2(echo);
    const client = new Http2Client(port);
    const big = 'x'.repeat(3_000_000);
    expect((await client.ask({ ':method': 'POST' }, big)).body.length).toBe(big.length);
    const declared = { ':method': 'POST', 'content-length': 5 };
    expect((await client.ask(declared, 'hello')).body).toBe('hello');
    expect((await client.ask({ ':method': 'POST' }, '')).body).toBe('');
    expect((await client.ask({ ':method': 'POST' })).body).toBe('');
  });

  it('answers 100 when the application first reads', async () => {
    const { port } = await serveHttp2(echo);
    const client = new Http2Client(port);
    const fields = { ':method': 'POST', expect: '100-continue' };
    const stream = client.open(fields, false);
    const response = readResponse(stream);
    await new Promise((resolve) => stream.on('continue', resolve));
    stream.end('late');
    expect(await response).toMatchObject({ status: 200, body: 'late' });
    const unread = await serveHttp2(textApp('no'));
    const refusing = readResponse(new Http2Client(unread.port).open(fields, false));
    expect(await refusing).toMatchObject({ status: 200, body: 'no', interim: [], code: 0 });
    expect(await client.ask({ expect: 'a-miracle' })).toMatchObject({ status: 417 });
  });

  it('gives its trailers once the body has ended', async () => {
    let trailers: HeaderList = [];
    const app: GatewayApp = async (environ, startResponse) => {
      expect(environ['gateway.trailers']()).toEqual([]);
      await environ['gateway.input'].read();
      trailers = environ['gateway.trailers']();
      startResponse('200 OK', []);
      return [];
    };
    const { port } = await serveHttp2(app);
    const { session } = new Http2Client(port);
    const stream = session.request({ ':method': 'POST', ':path': '/' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '12' }));
    stream.end('body');
    expect(await readResponse(stream)).toMatchObject({ status: 200 });
    expect(trailers).toEqual([['x-sum', '12']]);
  });

  it('runs beside others of its connection', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      if (environ.PATH_INFO === '/slow') await pause(100);
      startResponse('200 OK', []);
      return [bytes(environ.PATH_INFO)];
    };
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port);
    const order: string[] = [];
    const ask = (path: string) =>
      client.ask({ ':path': path }).then(({ body }) => void order.push(body));
    await Promise.all([ask('/slow'), ...Array.from({ length: 50 }, (_, i) => ask(`/${i}`))]);
    expect(order).toHaveLength(51);
    expect(order[50]).toBe('/slow');
  });

  it('does not make the server hold a body that nobody reads', async () => {
    const { port } = await serveHttp2(textApp('never mind'));
    const stream = new Http2Client(port).open({ ':method': 'POST' }, false);
    stream.write(Buffer.alloc(1_000_000));
    const response = await readResponse(stream);
    expect(response).toMatchObject({ status: 200, body: 'never mind', code: 0 });
  });

  it('is read only as fast as the application reads', async () => {
    const release = Promise.withResolvers<void>();
    const app: GatewayApp = async (environ, startResponse) => {
      await release.promise;
      const body = await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [bytes(String(body.length))];
    };
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port);
    const stream = client.open({ ':method': 'POST' }, false);
    const response = readResponse(stream);
    stream.end(Buffer.alloc(8_000_000));
    await pause(200);
    expect((client.session.socket as tls.TLSSocket).bytesWritten).toBeLessThan(1_000_000);
    release.resolve();
    expect((await response).body).toBe('8000000');
  });

  it('fails its reads when the client resets it, and aborts its signal', async () => {
    let failure: unknown;
    let signal: AbortSignal | undefined;
    const app: GatewayApp = async (environ, startResponse) => {
      signal = environ['gateway.signal'];
      await environ['gateway.input'].read().catch((error) => {
        failure = error;
      });
      startResponse('200 OK', []);
      return [];
    };
    const { port, dropped } = await serveHttp2(app);
    const client = new Http2Client(port);
    const stream = client.open({ ':method': 'POST' }, false);
    stream.write('half');
    await eventually(() => signal !== undefined);
    stream.destroy(new Error('enough'));
    await eventually(() => failure !== undefined);
    expect(failure).toMatchObject({ errorCode: 'WERKSTATT_ERR_CLIENT_DISCONNECTED' });
    expect(signal!.aborted).toBe(true);
    expect(dropped).toHaveLength(1);
    expect(await client.ask()).toMatchObject({ status: 200 });
  });
});

describe('a request that is refused', () => {
  it.each<[string, Record<string, string>, number]>([
    ['with another scheme', { ':scheme': 'http' }, 400],
    ['for a target with a fragment', { ':path': '/a#b' }, 400],
    ['for a target that is too long', { ':path': `/${'a'.repeat(16_384)}` }, 414],
    ['for two hosts', { ':authority': 'a.example', host: 'b.example' }, 400],
    ['with a method that is too long', { ':method': 'M'.repeat(65) }, 501],
    ['with an expectation of something', { expect: 'x' }, 417],
  ])('%s gets an answer, and the connection goes on', async (_what, fields, status) => {
    const { port } = await serveHttp2(textApp());
    const client = new Http2Client(port);
    const answer = await client.ask(fields);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toMatch(/\.\n$/);
    expect((await client.ask()).body).toBe('hello');
  });

  it.each<[string, Record<string, string>]>([
    ['a target that is none', { ':path': 'a' }],
    ['* by GET', { ':path': '*' }],
    ['a host that is none', { ':authority': 'a b' }],
    ['a host with user information', { ':authority': 'me@shop.example' }],
  ])('by node:http2, for %s, is reset, and the connection goes on', async (_what, fields) => {
    const { port } = await serveHttp2(textApp());
    const client = new Http2Client(port);
    const { status, code } = await client.ask(fields);
    expect(status === 400 || code === http2.constants.NGHTTP2_PROTOCOL_ERROR).toBe(true);
    expect((await client.ask()).body).toBe('hello');
  });

  it('for its method CONNECT gets 501', async () => {
    const { port } = await serveHttp2(textApp());
    const { session } = new Http2Client(port);
    const request = session.request({ ':method': 'CONNECT', ':authority': 'a.example:443' });
    expect((await readResponse(request)).status).toBe(501);
  });

  it('by HEAD has no body', async () => {
    const { port } = await serveHttp2(textApp());
    const answer = await new Http2Client(port).ask({ ':method': 'HEAD', ':path': '/#' });
    expect(answer).toMatchObject({ status: 400, body: '', code: 0 });
  });

  it('takes host alone, and host that is the authority in other letters', async () => {
    const { port } = await serveHttp2(textApp((environ) => environ.HTTP_HOST!));
    const client = new Http2Client(port);
    const same = { ':authority': 'shop.example', host: 'SHOP.example' };
    expect((await client.ask(same)).body).toBe('shop.example');
    const alone = await client.ask({ ':authority': '', host: 'alone.example' });
    expect([0, 200, 400]).toContain(alone.status);
  });

  it('for its size or number of fields gets 431, or is reset', async () => {
    const { port } = await serveHttp2(textApp(), {
      limits: { maxHeaderCount: 10, maxHeaderSize: 2_000 },
    });
    const client = new Http2Client(port);
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, 'v']));
    expect((await client.ask(fields(10))).status).toBe(200);
    expect((await client.ask(fields(11))).status).toBe(431);
    expect(await client.ask(fields(60))).toMatchObject({
      status: 0,
      code: http2.constants.NGHTTP2_ENHANCE_YOUR_CALM,
    });
    const large = await client.ask({ 'x-large': 'v'.repeat(2_100) });
    expect(large.status === 431 || large.code === 11).toBe(true);
    expect((await client.ask()).status).toBe(200);
  });

  it('for the size of its body gets 413, declared or not', async () => {
    const { port } = await serveHttp2(echo, { limits: { maxBodySize: 100 } });
    const client = new Http2Client(port);
    const declared = { ':method': 'POST', 'content-length': 101 };
    expect((await client.ask(declared, 'x'.repeat(101))).status).toBe(413);
    expect((await client.ask({ ':method': 'POST' }, 'x'.repeat(101))).status).toBe(413);
    expect((await client.ask({ ':method': 'POST' }, 'x'.repeat(100))).status).toBe(200);
  });

  it('has a line in the log', async () => {
    const { port, lines } = await serveHttp2(textApp(), { accessLog: 'common' });
    await new Http2Client(port).ask({ ':path': '/#' });
    expect(lines).toEqual([expect.stringMatching(/^127\.0\.0\.1 - refused: 400 Bad Request: /)]);
  });
});

describe('the port', () => {
  it('speaks HTTP/1.1 to those who do not ask for HTTP/2', async () => {
    const { port } = await serveHttp2(textApp((environ) => environ.SERVER_PROTOCOL));
    for (const ALPNProtocols of [['http/1.1'], undefined]) {
      const options = { port, host: '127.0.0.1', rejectUnauthorized: false };
      const socket = tls.connect({ ...options, ...(ALPNProtocols && { ALPNProtocols }) });
      expect((await new Client(socket).send(get()).response()).body).toBe('HTTP/1.1');
    }
  });

  it('speaks HTTP/2 to curl', async () => {
    const { port } = await serveHttp2(textApp((environ) => environ.SERVER_PROTOCOL));
    const url = `https://127.0.0.1:${port}/`;
    const text = await new Promise<string>((resolve, reject) =>
      execFile('curl', ['-sSk', '--http2', '-w', ' %{http_version}', url, url], (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      ),
    );
    expect(text).toBe('HTTP/2 2HTTP/2 2');
  });
});

import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import {
  bytes,
  eventually,
  get,
  pause,
  post,
  requestText,
  serve,
  textApp,
} from '../../test/serve.ts';

describe('requests of one connection', () => {
  it('never overlap in the application, and are answered in order', async () => {
    let running = 0;
    let most = 0;
    const app: GatewayApp = async (environ, startResponse) => {
      most = Math.max(most, ++running);
      await pause(environ.PATH_INFO === '/0' ? 40 : 1);
      startResponse('200 OK', []);
      const body = async function* () {
        yield bytes(environ.PATH_INFO);
        await pause(1);
        yield bytes(' done');
        running--;
      };
      return body();
    };
    const { connect } = await serve(app);
    const client = connect();
    for (let i = 0; i < 10; i++) client.send(get(`/${i}`));
    for (let i = 0; i < 10; i++) expect((await client.response()).body).toBe(`/${i} done`);
    expect(most).toBe(1);
  });

  it('may be synchronous and asynchronous in turn', async () => {
    const app = textApp((environ) => {
      const path = environ.PATH_INFO;
      return path.endsWith('a') ? pause(2).then(() => path) : path;
    });
    const { connect } = await serve(app);
    const paths = Array.from({ length: 40 }, (_, i) => `/${i}${i % 3 === 0 ? 'a' : 's'}`);
    const client = connect().send(paths.map((path) => get(path)).join(''));
    for (const path of paths) expect((await client.response()).body).toBe(path);
  });

  it('leave the socket in one write where they are answered at once', async () => {
    const { connect } = await serve(textApp('x'));
    const client = connect();
    const chunks: Buffer[] = [];
    client.socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.send(get().repeat(20));
    for (let i = 0; i < 20; i++) await client.response();
    expect(chunks).toHaveLength(1);
  });

  it('of which the first is slow do not fill the memory', async () => {
    let finish = (): void => {};
    const app: GatewayApp = async (environ, startResponse) => {
      if (environ.PATH_INFO === '/slow') await new Promise<void>((resolve) => (finish = resolve));
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(get('/slow'));
    await pause();
    const filler = get('/', `X-Fill: ${'x'.repeat(8_000)}`);
    for (let i = 0; i < 2_000; i++) client.send(filler);
    await pause(200);
    // 16 MB were written; what neither the systems nor the server take stays here.
    expect(client.socket.writableLength).toBeGreaterThan(1_000_000);
    finish();
    await client.response();
    for (let i = 0; i < 2_000; i++) await client.response();
  });
});

describe('input that the application left unread', () => {
  it('is read past, and the next request is answered', async () => {
    const { connect } = await serve(textApp((environ) => environ.PATH_INFO));
    const client = connect().send(post('x'.repeat(10_000), '/1') + get('/2'));
    expect((await client.response()).body).toBe('/1');
    expect((await client.response()).body).toBe('/2');
  });

  it('is read past as it arrives', async () => {
    const { connect } = await serve(textApp((environ) => environ.PATH_INFO));
    const request = post('GET /smuggled HTTP/1.1\r\n\r\n', '/1');
    const client = connect().send(request.slice(0, -20));
    expect((await client.response()).body).toBe('/1');
    client.send(request.slice(-20) + get('/2'));
    expect((await client.response()).body).toBe('/2');
  });

  it('closes the connection, and says so, when it is declared longer than the limit', async () => {
    const { connect } = await serve(textApp(), { limits: { maxDrainSize: 1000 } });
    const client = connect().send(requestText('POST', '/', 'Content-Length: 1001'));
    expect(fieldOf(await client.response(), 'Connection')).toBe('close');
    expect(await client.closed).toBe('end');
  });

  it('closes the connection when a chunked body turns out longer than the limit', async () => {
    const { connect } = await serve(textApp(), { limits: { maxDrainSize: 1000 } });
    const client = connect().send(requestText('POST', '/', 'Transfer-Encoding: chunked'));
    expect(fieldOf(await client.response(), 'Connection')).toBeUndefined();
    client.send(`7d1\r\n${'x'.repeat(2000)}`);
    expect(await client.closed).toBe('end');
    expect(client.received).toBe('');
  });

  it('closes the connection when it is no chunked coding', async () => {
    const { connect } = await serve(textApp());
    const client = connect().send(requestText('POST', '/', 'Transfer-Encoding: chunked'));
    await client.response();
    client.send('xyz\r\n');
    expect(await client.closed).toBe('end');
    expect(client.received).toBe('');
  });
});

describe('a client that ends its side', () => {
  it.each(['sync', 'async'])('gets its %s answer, and then the end', async (kind) => {
    const app = textApp(() => (kind === 'sync' ? 'done' : pause().then(() => 'done')));
    const { connect } = await serve(app);
    const client = connect().send(get()).end();
    expect((await client.response()).body).toBe('done');
    expect(await client.closed).toBe('end');
  });

  it('gets all pipelined answers, and then the end', async () => {
    const app = textApp((environ) =>
      environ.PATH_INFO === '/1' ? pause(30).then(() => '1') : environ.PATH_INFO,
    );
    const { connect } = await serve(app);
    const client = connect()
      .send(get('/1') + get('/2') + get('/3'))
      .end();
    for (const body of ['1', '/2', '/3']) expect((await client.response()).body).toBe(body);
    expect(await client.closed).toBe('end');
  });

  it('behind half a head gets the end', async () => {
    const { connect } = await serve(textApp(() => pause(30).then(() => 'x')));
    const client = connect().send(`${get()}GET / HT`).end();
    await client.response();
    expect(await client.closed).toBe('end');
  });

  it('behind half a body makes its read fail, also of a pipelined request', async () => {
    const names: string[] = [];
    const app: GatewayApp = async (environ, startResponse) => {
      await pause(20);
      try {
        await environ['gateway.input'].read();
      } catch (error) {
        names.push((error as Error).name);
        throw error;
      }
      startResponse('200 OK', []);
      return [];
    };
    const { connect } = await serve(app);
    const client = connect()
      .send(post('whole') + post('half').slice(0, -1))
      .end();
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(400);
    expect(await client.closed).toBe('end');
    expect(names).toEqual(['ClientDisconnected']);
  });

  it('without a request gets the end', async () => {
    const { connect, server } = await serve(textApp());
    const client = connect().end();
    expect(await client.closed).toBe('end');
    expect(client.received).toBe('');
    await eventually(() => server.port > 0);
  });
});

describe('a persistent connection', () => {
  it.each([
    ['HTTP/1.1', '', undefined],
    ['HTTP/1.1', 'Connection: close', 'close'],
    ['HTTP/1.1', 'Connection: x, CLOSE', 'close'],
    ['HTTP/1.1', 'Connection: keep-alive', undefined],
    ['HTTP/1.0', '', 'close'],
    ['HTTP/1.0', 'Connection: Keep-Alive', 'keep-alive'],
    ['HTTP/1.0', 'Connection: keep-alive, close', 'close'],
  ])('with %s and %j is answered with %s', async (version, field, expected) => {
    const { connect } = await serve(textApp());
    const lines = [`GET / ${version}`, 'Host: a', ...(field === '' ? [] : [field]), '', ''];
    const client = connect().send(lines.join('\r\n'));
    expect(fieldOf(await client.response(), 'Connection')).toBe(expected);
    if (expected === 'close') expect(await client.closed).toBe('end');
    else {
      client.send(lines.join('\r\n'));
      await client.response();
    }
  });

  it('takes empty lines before a request', async () => {
    const { connect } = await serve(textApp());
    const client = connect().send(`\r\n\r\n${get()}\r\n${get()}`);
    await client.response();
    await client.response();
  });
});

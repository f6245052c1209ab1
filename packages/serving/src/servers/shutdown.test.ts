import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, eventually, get, pause, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';

/** An application that waits until it is told to answer. */
function waitingApp() {
  let started = 0;
  const gate = Promise.withResolvers<void>();
  const app: GatewayApp = async (_environ, startResponse) => {
    started++;
    await gate.promise;
    startResponse('200 OK', []);
    return [bytes('finished')];
  };
  return { app, started: () => started, finish: () => gate.resolve() };
}

describe('shutdown()', () => {
  it('takes no new connection, and lets a running request finish with Connection: close', async () => {
    const { app, started, finish } = waitingApp();
    const { connect, server } = await serve(app);
    const running = server.serveForever();
    const client = connect().send(get());
    await eventually(() => started() === 1);
    const ended = server.shutdown();
    expect(await connect().closed).toBe('reset');
    finish();
    const response = await client.response();
    expect(response.body).toBe('finished');
    expect(fieldOf(response, 'Connection')).toBe('close');
    expect(await client.closed).toBe('end');
    await ended;
    await running;
  });

  it('ends idle connections, fresh ones and used ones', async () => {
    const { connect, server } = await serve(textApp());
    const used = connect().send(get());
    await used.response();
    const fresh = connect();
    await new Promise((resolve) => fresh.socket.once('connect', resolve));
    const start = performance.now();
    await server.shutdown();
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await used.rest()).toBe('');
    expect(await fresh.rest()).toBe('');
  });

  it('answers a request that was under way when it began', async () => {
    const { connect, server } = await serve(textApp());
    const client = connect().send('GET / HTTP/1.1\r\nHost');
    await pause();
    const ended = server.shutdown();
    await pause();
    client.send(': a\r\n\r\n');
    expect(fieldOf(await client.response(), 'Connection')).toBe('close');
    await ended;
  });

  it('ends a connection whose answer had begun before, once it is complete', async () => {
    const gate = Promise.withResolvers<void>();
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('begun ');
        await gate.promise;
        yield bytes('done');
      })();
    };
    const { connect, server } = await serve(app);
    const client = connect().send(get());
    await client.until('begun');
    const start = performance.now();
    const ended = server.shutdown({ timeout: 15_000 });
    await pause(200);
    gate.resolve();
    expect((await client.response()).body).toBe('begun done');
    await ended;
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await client.closed).toBe('end');
  });

  it('cuts what still runs at the timeout', async () => {
    const { app, started } = waitingApp();
    const { connect, server, dropped } = await serve(app);
    const client = connect().send(get());
    await eventually(() => started() === 1);
    await server.shutdown({ timeout: 100 });
    expect(await client.rest()).toBe('');
    expect(dropped).toHaveLength(1);
  });

  it('waits as long as it takes with a timeout of Infinity', async () => {
    const { app, started, finish } = waitingApp();
    const { connect, server } = await serve(app);
    const client = connect().send(get());
    await eventually(() => started() === 1);
    const ended = server.shutdown({ timeout: Number.POSITIVE_INFINITY });
    await pause();
    finish();
    expect((await client.response()).body).toBe('finished');
    await ended;
  });

  it('may be called twice, and before anything listens', async () => {
    const idle = makeServer({ app: textApp() });
    await idle.shutdown();
    await idle.close();
    const { server } = await serve(textApp());
    await Promise.all([server.shutdown(), server.shutdown(), server.close()]);
    await server.shutdown();
  });

  it('can be hurried by close()', async () => {
    const { app, started } = waitingApp();
    const { connect, server } = await serve(app);
    connect().send(get());
    await eventually(() => started() === 1);
    const ended = server.shutdown({ timeout: 60_000 });
    await server.close();
    await ended;
  });

  it('called by the application itself waits for its own answer', async () => {
    const served = await serve(
      textApp(() => {
        void served.server.shutdown();
        return 'last words';
      }),
    );
    const running = served.server.serveForever();
    expect((await served.ask()).body).toBe('last words');
    await running;
  });

  it('answers pipelined requests that have arrived, the first of them as the last', async () => {
    const { app, started, finish } = waitingApp();
    const { connect, server } = await serve(app);
    const client = connect().send(get() + get());
    await eventually(() => started() === 1);
    const ended = server.shutdown();
    finish();
    expect(fieldOf(await client.response(), 'Connection')).toBe('close');
    expect(await client.rest()).toBe('');
    await ended;
  });
});

describe('a server', () => {
  it('is an async disposable', async () => {
    const { app, started, finish } = waitingApp();
    const { connect, server } = await serve(app);
    const client = connect().send(get());
    await eventually(() => started() === 1);
    const running = server.serveForever();
    setTimeout(finish, 30);
    {
      await using disposed = server;
      expect(disposed.port).toBeGreaterThan(0);
    }
    expect((await client.response()).body).toBe('finished');
    await running;
  });

  it('that is closed cuts running requests at once', async () => {
    const { app, started } = waitingApp();
    const { connect, server } = await serve(app);
    const client = connect().send(get());
    await eventually(() => started() === 1);
    await server.close();
    expect(await client.rest()).toBe('');
  });
});

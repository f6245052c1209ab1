import diagnosticsChannel from 'node:diagnostics_channel';
import { once } from 'node:events';
import { copyEnviron, type Environ, type GatewayApp } from '@werkstatt/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bytes, eventually, get, pause, post, serve, textApp } from '../../test/serve.ts';
import { BaseGatewayServer } from '../servers/base-server.ts';
import { GatewayRequestHandler } from '../servers/request-handler.ts';
import type { RequestEvent, ServerEvents } from './channels.ts';

const NAMES: (keyof ServerEvents)[] = [
  'werkstatt.connection.open',
  'werkstatt.connection.close',
  'werkstatt.request.start',
  'werkstatt.response.start',
  'werkstatt.response.end',
  'werkstatt.request.refused',
];

type Told = {
  [Name in keyof ServerEvents]: [name: Name, event: ServerEvents[Name]];
}[keyof ServerEvents];

/** Subscribes to all channels, or to these, until the test ends. */
function listen(...names: (keyof ServerEvents)[]): Told[] {
  const told: Told[] = [];
  for (const name of names.length > 0 ? names : NAMES) {
    const listener = (event: unknown) => void told.push([name, event] as Told);
    diagnosticsChannel.subscribe(name, listener);
    onTestFinished(() => void diagnosticsChannel.unsubscribe(name, listener));
  }
  return told;
}

const outcomes = (told: Told[]) =>
  told
    .filter(([name]) => name === 'werkstatt.response.end')
    .map(([, event]) => (event as RequestEvent).outcome);

describe('the channels', () => {
  it('tell of a connection and its requests in order, each by one object', async () => {
    const told = listen();
    const { server, connect } = await serve(textApp('12345'));
    const client = connect().send(get('/a') + get('/b', 'Connection: close'));
    await client.rest();
    await eventually(() => told.length === 8);
    expect(told.map(([name]) => name.slice('werkstatt.'.length))).toEqual([
      'connection.open',
      ...['request.start', 'response.start', 'response.end'],
      ...['request.start', 'response.start', 'response.end'],
      'connection.close',
    ]);
    const events = told.map(([, event]) => event);
    expect(events[0]).toBe(events[7]);
    expect(events[1]).toBe(events[3]);
    expect(events[4]).not.toBe(events[1]);
    expect(events[0]).toMatchObject({ server, remoteAddr: '127.0.0.1' });
    expect(events[0]).toHaveProperty('remotePort', expect.stringMatching(/^\d+$/));
    expect(events[3]).toMatchObject({ server, status: 200, bytes: 5, outcome: 'complete' });
    expect((events[3] as RequestEvent).environ.PATH_INFO).toBe('/a');
    expect((events[3] as RequestEvent).duration).toBeGreaterThan(0);
    expect(Math.abs((events[3] as RequestEvent).startTime - Date.now())).toBeLessThan(10_000);
  });

  it('have the environ that the application gets, and a status when it is known', async () => {
    const seen: [string, number, Environ][] = [];
    for (const name of ['werkstatt.request.start', 'werkstatt.response.start'] as const) {
      const listener = (event: unknown) => {
        const { status, environ } = event as RequestEvent;
        seen.push([name, status, environ]);
      };
      diagnosticsChannel.subscribe(name, listener);
      onTestFinished(() => void diagnosticsChannel.unsubscribe(name, listener));
    }
    let given: Environ | undefined;
    class Copying extends GatewayRequestHandler {
      override makeEnviron(environ: Environ): Environ {
        given = copyEnviron(environ, { 'myapp.copy': true });
        return given;
      }
    }
    const { ask } = await serve(textApp(), { requestHandler: Copying });
    await ask();
    expect(seen.map(([, status]) => status)).toEqual([0, 200]);
    expect(seen[1]![2]).toBe(given);
  });

  it('tell how a request ended', async () => {
    const told = listen('werkstatt.response.end');
    const app: GatewayApp = async (environ, startResponse) => {
      const path = environ.PATH_INFO;
      if (path === '/error') throw new Error('an error');
      if (path === '/upgrade') {
        environ['gateway.upgrade']!().socket.end();
        return [];
      }
      if (path === '/dropped') await once(environ['gateway.signal'], 'abort');
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('half');
        throw new Error('cut');
      })();
    };
    const { connect, takeErrors, server } = await serve(app);
    expect((await connect().send(get('/error')).response()).status).toBe(500);
    await connect().send(get('/cut')).closed;
    await connect().send(get('/upgrade', 'Connection: upgrade', 'Upgrade: x')).closed;
    const dropped = connect().send(get('/dropped'));
    await pause();
    dropped.reset();
    await eventually(() => told.length === 4);
    expect(outcomes(told)).toEqual(['complete', 'cut', 'upgraded', 'dropped']);
    const statuses = told.map(([, event]) => (event as RequestEvent).status);
    expect(statuses).toEqual([500, 200, 101, 0]);
    expect(server.stats()).toMatchObject({
      requests: { running: 0, total: 4, dropped: 1, refused: 0 },
      responses: { '1xx': 1, '2xx': 1, '3xx': 0, '4xx': 0, '5xx': 1 },
    });
    takeErrors();
  });

  it('tell of what is refused, and why', async () => {
    const told = listen('werkstatt.request.refused');
    const { server, connect } = await serve(textApp(), { limits: { maxConnections: 1 } });
    const first = connect();
    await pause();
    await connect().closed;
    await first.send('GET / HTTP/3.0\r\n\r\n').closed;
    const reasons = told.map(([, event]) => event);
    expect(reasons).toMatchObject([
      { server, status: 503, code: 'TOO_MANY_CONNECTIONS', remoteAddr: '127.0.0.1' },
      { server, status: 505, code: 'VERSION_NOT_SUPPORTED', remoteAddr: '127.0.0.1' },
    ]);
    expect(server.stats()).toMatchObject({
      connections: { refused: 1 },
      requests: { total: 0, refused: 1 },
    });
  });

  it('name the limit that a request went beyond', async () => {
    const told = listen('werkstatt.request.refused');
    const { connect } = await serve(textApp(), {
      limits: { maxRequestLine: 200, maxHeaderSize: 300, maxHeaderCount: 5, maxBodySize: 10 },
      timeouts: { headerTimeout: 1 },
    });
    const requests: [request: string, status: number, code: string][] = [
      [get(`/${'x'.repeat(200)}`), 414, 'REQUEST_LINE_TOO_LONG'],
      [get('/', `X: ${'x'.repeat(300)}`), 431, 'HEADER_TOO_LARGE'],
      [get('/', ...new Array<string>(5).fill('X: 1')), 431, 'HEADER_TOO_LARGE'],
      [post('x'.repeat(11)), 413, 'BODY_TOO_LARGE'],
      ['GET /', 408, 'REQUEST_TIMEOUT'],
    ];
    for (const [request, status, code] of requests) {
      expect((await connect().send(request).response()).status).toBe(status);
      expect(told.pop()![1]).toMatchObject({ status, code });
    }
    expect(told).toEqual([]);
  });

  it('are heard on connections that were open before, a second later at most', async () => {
    const { connect } = await serve(textApp());
    const client = connect().send(get());
    await client.response();
    const told = listen('werkstatt.response.end');
    await pause(1_100);
    client.send(get());
    await client.response();
    expect(told).toHaveLength(1);
  });

  it('make nothing where nobody listens', async () => {
    const publish = vi.spyOn(diagnosticsChannel.Channel.prototype, 'publish');
    onTestFinished(() => publish.mockRestore());
    const { ask } = await serve(textApp());
    await ask();
    expect(publish).not.toHaveBeenCalled();
  });
});

describe('stats()', () => {
  it('counts connections, requests, answers and octets', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      await environ['gateway.input'].read();
      if (environ.PATH_INFO === '/wait') await pause(100);
      startResponse(`${environ.QUERY_STRING || 200} x`, []);
      return [bytes('x')];
    };
    const { server, connect } = await serve(app);
    expect(server.stats()).toMatchObject({
      connections: { open: 0, total: 0, refused: 0 },
      requests: { running: 0, total: 0, dropped: 0, refused: 0 },
      bytes: { received: 0, sent: 0 },
    });
    const request = post('body', '/?201') + get('/?302') + get('/?404') + get('/?500');
    const first = connect().send(request);
    for (let i = 0; i < 4; i++) await first.response();
    const second = connect().send(get('/wait'));
    await eventually(() => server.stats().requests.running === 1);
    expect(server.stats().connections).toEqual({ open: 2, total: 2, refused: 0 });
    await second.response();
    first.end();
    await first.closed;
    await eventually(() => server.stats().connections.open === 1);
    const stats = server.stats();
    expect(stats).toMatchObject({
      connections: { open: 1, total: 2 },
      requests: { running: 0, total: 5, dropped: 0 },
      responses: { '1xx': 0, '2xx': 2, '3xx': 1, '4xx': 1, '5xx': 1 },
      bytes: {
        received: request.length + get('/wait').length,
        sent: first.socket.bytesRead + second.socket.bytesRead,
      },
    });
    expect(stats.uptime).toBeGreaterThan(100);
  });

  it('has the delay of the event loop', async () => {
    const { server } = await serve(textApp());
    expect(server.stats().eventLoopDelay).toEqual({ last: 0, max: 0 });
    await pause(900);
    const until = performance.now() + 400;
    while (performance.now() < until);
    await eventually(() => server.stats().eventLoopDelay.max > 150);
    await eventually(() => server.stats().eventLoopDelay.last < 150);
  });

  it('counts the connections that verifyRequest() refuses, and is there before the start', async () => {
    class Closed extends BaseGatewayServer {
      override verifyRequest(): boolean {
        return false;
      }
    }
    const server = new Closed({ app: textApp(), host: '127.0.0.1' });
    expect(server.stats().uptime).toBe(0);
    await server.listen();
    onTestFinished(() => server.close());
    await expect(fetch(server.url)).rejects.toThrow();
    expect(server.stats().connections).toEqual({ open: 0, total: 0, refused: 1 });
  });
});

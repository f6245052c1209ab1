import { expect, it } from 'vitest';
import { textApp } from '../test/serve.ts';
import { makeServer } from './make-server.ts';
import type { MakeServerOptions } from './servers/options.ts';

it('binds nothing by itself', () => {
  const server = makeServer({ app: textApp(), port: 4999 });
  expect(server.socket).toBeUndefined();
  expect(server.addressFamily).toBeUndefined();
  expect(server).toMatchObject({
    host: 'localhost',
    port: 4999,
    serverName: 'localhost',
    address: 'localhost:4999',
    url: 'http://localhost:4999',
    multithread: false,
    multiprocess: false,
    requestQueueSize: 511,
  });
});

it.each([undefined, null, 'app', {}])('refuses the app %o', (app) => {
  expect(() => makeServer({ app } as unknown as MakeServerOptions)).toThrow(/app is .*function/);
});

it.each([-1, 65_536, 1.5, Number.NaN, '80'])('refuses the port %o', (port) => {
  expect(() => makeServer({ app: textApp(), port: port as number })).toThrow(/port is .*65535/);
});

it.each([
  ['localhost', 80, 'localhost:80', 'http://localhost'],
  ['::1', 81, '[::1]:81', 'http://[::1]:81'],
  ['', 81, 'localhost:81', 'http://localhost:81'],
  ['*', 81, 'localhost:81', 'http://localhost:81'],
  ['0.0.0.0', 81, 'localhost:81', 'http://localhost:81'],
  ['unix:///tmp/a', 0, '/tmp/a', 'unix:///tmp/a'],
])('tells address and url of %j, port %d', (host, port, address, url) => {
  const server = makeServer({ app: textApp(), host, port });
  expect([server.address, server.url]).toEqual([address, url]);
});

it('takes the backlog from an option', () => {
  expect(makeServer({ app: textApp(), requestQueueSize: 7 }).requestQueueSize).toBe(7);
});

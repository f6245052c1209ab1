import type { GatewayApp } from '@werkstatt/core';
import { expect, it } from 'vitest';
import { makeServer } from './make-server.ts';
import { OptionError } from './running/option-errors.ts';

const app: GatewayApp = (_environ, startResponse) => {
  startResponse('204 No Content', []);
  return [];
};

it('refuses what is no application, host or port, before anything is bound', () => {
  expect(() => makeServer({ app: null as never })).toThrow(OptionError);
  expect(() => makeServer({ app, host: 4000 as never })).toThrow('such as');
  expect(() => makeServer({ app, port: 70_000 })).toThrow('from 0 to 65535, not 70000');
});

it('refuses unknown options and limits that are none', () => {
  expect(() => makeServer({ app, requestQueSize: 1 } as never)).toThrow("'requestQueueSize'");
  expect(() => makeServer({ app, limits: { maxHeaderCount: Number.NaN } })).toThrow(
    "The option 'limits.maxHeaderCount' must be a number, 0 or more, not NaN.",
  );
  expect(() => makeServer({ app, timeouts: { headerTimeout: -1 } })).toThrow(OptionError);
  expect(() => makeServer({ app, fd: -1 })).toThrow('file descriptor');
  expect(() => makeServer({ app, sslContext: 'ad-hoc' as never })).toThrow('cert and key');
});

it('binds nothing yet', () => {
  const server = makeServer({ app });
  expect({ host: server.host, port: server.port, socket: server.socket }).toEqual({
    host: 'localhost',
    port: 0,
    socket: undefined,
  });
});

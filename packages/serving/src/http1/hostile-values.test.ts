import { once } from 'node:events';
import type { Body, GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, serve } from '../../test/serve.ts';

function refuses(): never {
  throw new Error('a trap of the proxy');
}

/** A value of which nothing can be asked. */
function untouchable(): object {
  return new Proxy(
    {},
    {
      get: refuses,
      has: refuses,
      ownKeys: refuses,
      getPrototypeOf: refuses,
      getOwnPropertyDescriptor: refuses,
    },
  );
}

function errorOfGetters(): Error {
  const error = new Error('x');
  for (const key of ['name', 'message', 'stack', 'cause', 'errors']) {
    Object.defineProperty(error, key, { get: refuses });
  }
  return error;
}

const THROWN: [what: string, make: () => unknown][] = [
  ['null', () => null],
  ['undefined', () => undefined],
  ['a symbol', () => Symbol('x')],
  ['an object without a prototype', () => Object.create(null)],
  ['a proxy that throws', untouchable],
  ['an error whose getters throw', errorOfGetters],
];

const WAYS: [how: string, appOf: (make: () => unknown) => GatewayApp][] = [
  [
    'thrown',
    (make) => () => {
      throw make();
    },
  ],
  ['rejected', (make) => () => Promise.reject(make())],
  [
    'thrown by a body',
    (make) => (_environ, startResponse) => {
      startResponse('200 OK', []);
      return {
        [Symbol.iterator]: () => ({
          next() {
            throw make();
          },
        }),
      };
    },
  ],
];

describe.each(THROWN)('%s', (_what, make) => {
  it.each(WAYS)('%s is a 500, and the connection goes on', async (_how, appOf) => {
    const app = appOf(make);
    const { takeErrors, connect } = await serve((environ, startResponse) => {
      if (environ.PATH_INFO === '/') return app(environ, startResponse);
      startResponse('200 OK', []);
      return [bytes('next')];
    });
    const client = connect();
    client.send(get('/') + get('/next'));
    expect((await client.response()).status).toBe(500);
    expect((await client.response()).body).toBe('next');
    expect(takeErrors().length).toBe(1);
  });

  it('thrown once a client has left ends nothing', async () => {
    const { takeErrors, dropped, connect, ask } = await serve(async (environ, startResponse) => {
      if (environ.PATH_INFO === '/') {
        await once(environ['gateway.signal'], 'abort');
        throw make();
      }
      startResponse('200 OK', []);
      return [bytes('next')];
    });
    const client = connect();
    client.send(get('/'));
    await pause();
    client.socket.resetAndDestroy();
    await eventually(() => dropped.length === 1);
    await pause();
    expect(takeErrors().length).toBe(1);
    expect((await ask(get('/next'))).body).toBe('next');
  });
});

it('a body whose close cannot be read is logged once, and its response is complete', async () => {
  const { takeErrors, connect } = await serve((_environ, startResponse) => {
    startResponse('200 OK', []);
    return Object.defineProperty([bytes('body')], 'close', { get: refuses }) as Body;
  });
  const client = connect();
  client.send(get('/') + get('/'));
  expect((await client.response()).body).toBe('body');
  expect((await client.response()).body).toBe('body');
  expect(takeErrors().length).toBe(2);
});

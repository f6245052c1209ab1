import { ClientDisconnected, type GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import type { TestScope } from '../../test/client.ts';
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

import type { Timeouts } from './limits.ts';

const timeouts = {
  headerTimeout: 500,
  bodyTimeout: 500,
  keepAliveTimeout: 500,
  writeTimeout: 500,
  halfCloseTimeout: 500,
  lingerTimeout: 500,
};

const reading: GatewayApp = async (environ, startResponse) => {
  await environ['gateway.input'].read();
  startResponse('200 OK', []);
  return [bytes('x')];
};

function impatient(scope: TestScope, app: GatewayApp, changed: Partial<Timeouts> = {}) {
  return serve(app, { timeouts: { ...timeouts, ...changed } }, scope);
}

// Times are checked once a second: each of these takes one to three seconds, together as well.
describe.concurrent('a client that is slow', () => {
  it('with the head of its request gets 408 and the end', async (scope) => {
    const { connect } = await impatient(scope, textApp());
    const client = connect().send('GET / HTTP/1.1\r\n');
    const trickle = setInterval(() => client.send('X: 1\r\n'), 100);
    try {
      expect((await client.response()).status).toBe(408);
    } finally {
      clearInterval(trickle);
    }
    expect(await client.closed).not.toBeNull();
  });

  it('with a second head on its connection gets 408 as well', async (scope) => {
    const { connect } = await impatient(scope, textApp(), { keepAliveTimeout: 60_000 });
    const client = connect().send(`${get()}GET`);
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(408);
    expect(await client.closed).toBe('end');
  });

  it('with the body that is being read gets 408', async (scope) => {
    const { connect } = await impatient(scope, reading);
    const client = connect().send(post('body').slice(0, -1));
    expect((await client.response()).status).toBe(408);
    expect(await client.closed).toBe('end');
  });

  it('with the body of an answer that has begun is cut', async (scope) => {
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes('begun');
        yield await environ['gateway.input'].read();
      })();
    };
    const { connect } = await impatient(scope, app);
    const client = connect().send(post('body').slice(0, -1));
    expect(await client.rest()).toMatch(/5\r\nbegun\r\n$/);
  });

  it('with a body that the application takes its time to read is not at fault', async (scope) => {
    const app: GatewayApp = async (environ, startResponse) => {
      await pause(3_000);
      return reading(environ, startResponse);
    };
    const { connect } = await impatient(scope, app);
    const client = connect().send(post('body').slice(0, -1));
    setTimeout(() => client.send('y'), 2_900);
    expect((await client.response()).status).toBe(200);
  });

  it('with a body that keeps coming is served', async (scope) => {
    const { connect } = await impatient(scope, reading, { bodyTimeout: 1_500 });
    const client = connect().send(requestText('POST', '/', 'Content-Length: 40'));
    const trickle = setInterval(() => client.send('x'), 100);
    try {
      expect((await client.response()).status).toBe(200);
    } finally {
      clearInterval(trickle);
    }
  });

  it('with a body that nobody reads is ended', async (scope) => {
    const { connect } = await impatient(scope, textApp());
    const client = connect().send(post('body').slice(0, -1));
    expect((await client.response()).status).toBe(200);
    expect(await client.rest()).toBe('');
  });

  it('to send its first or its next request is closed without a word', async (scope) => {
    const { connect } = await impatient(scope, textApp());
    const silent = connect();
    const client = connect().send(get());
    await client.response();
    expect(await client.rest()).toBe('');
    expect(await silent.rest()).toBe('');
  });

  it('while the application works is not timed out', async (scope) => {
    const { connect } = await impatient(
      scope,
      textApp(() => pause(3_000).then(() => 'late')),
    );
    expect((await connect().send(get()).response()).body).toBe('late');
  });

  it.for(['one chunk', 'many chunks', 'writes'])(
    'to read an answer of %s is cut after the write timeout, as if it had left',
    async (kind, scope) => {
      let aborted = false;
      const size = 32_000_000;
      const app: GatewayApp = async (environ, startResponse) => {
        environ['gateway.signal'].addEventListener('abort', () => (aborted = true));
        const write = startResponse('200 OK', []);
        if (kind === 'writes') for (let i = 0; i < 500; i++) await write(new Uint8Array(64_000));
        return kind === 'one chunk'
          ? new Set([new Uint8Array(size), new Uint8Array(1)])
          : (function* () {
              for (let i = 0; i < 500; i++) yield new Uint8Array(64_000);
            })();
      };
      const { connect, dropped } = await impatient(scope, app);
      const client = connect();
      client.socket.pause();
      client.send(get());
      await eventually(() => dropped.length === 1);
      expect(aborted).toBe(true);
      client.socket.resume();
      expect((await client.rest()).length).toBeLessThan(size);
    },
  );

  it('to read pipelined answers is cut after the write timeout', async (scope) => {
    const { connect } = await impatient(scope, textApp('x'.repeat(1_000_000)));
    const client = connect();
    client.socket.pause();
    client.send(get().repeat(50));
    await pause(2_500);
    client.socket.resume();
    expect((await client.rest()).length).toBeLessThan(50_000_000);
  });

  it('but reads now and then is served', async (scope) => {
    const { connect } = await impatient(scope, textApp('x'.repeat(20_000_000)), {
      writeTimeout: 1_500,
    });
    const client = connect();
    client.send(get());
    client.socket.on('data', () => {
      client.socket.pause();
      setTimeout(() => client.socket.resume(), 5);
    });
    expect((await client.response()).body.length).toBe(20_000_000);
  });

  it('and ended its side is taken for gone when nothing is sent to it', async (scope) => {
    const reason = Promise.withResolvers<unknown>();
    const app: GatewayApp = (environ) => {
      const signal = environ['gateway.signal'];
      signal.addEventListener('abort', () => reason.resolve(signal.reason));
      return new Promise(() => {});
    };
    const { connect, dropped } = await impatient(scope, app);
    connect().send(get()).end();
    expect(await reason.promise).toBeInstanceOf(ClientDisconnected);
    expect(dropped.length).toBe(1);
  });

  it('and ended its side is answered as long as something is sent to it', async (scope) => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        for (let i = 0; i < 30; i++) {
          yield bytes('x');
          await pause(100);
        }
      })();
    };
    const { connect } = await impatient(scope, app);
    expect((await connect().send(get()).end().response()).body).toBe('x'.repeat(30));
  });

  it('to close after the last answer is closed', async (scope) => {
    const { connect } = await impatient(scope, textApp());
    const client = connect().send(get('/', 'Connection: close'));
    client.stays = true;
    await client.response();
    expect(await client.closed).toBe('end');
    // Our side stays open: the server resets it when it has waited long enough.
    const gone = new Promise((resolve) => client.socket.once('error', resolve));
    const trickle = setInterval(() => client.send('x'), 50);
    await gone;
    clearInterval(trickle);
  });
});

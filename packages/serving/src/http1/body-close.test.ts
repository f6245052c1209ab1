import type { Body, GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, requestText, serve } from '../../test/serve.ts';

type Make = (close: () => void | Promise<void>) => Body;

const BODIES: Record<string, Make> = {
  'an array': (close) => Object.assign([bytes('x')], { close }),
  'an iterable': (close) => Object.assign(new Set([bytes('x')]), { close }),
  'a generator': (close) =>
    Object.assign(
      (function* () {
        yield bytes('x');
      })(),
      { close },
    ),
  'an async generator': (close) =>
    Object.assign(
      (async function* () {
        yield bytes('x');
      })(),
      { close },
    ),
};

describe.each(Object.keys(BODIES))('close() of %s', (name) => {
  function appWith(close: () => void | Promise<void>, status = '200 OK'): GatewayApp {
    return (_environ, startResponse) => {
      startResponse(status, []);
      return BODIES[name]!(close);
    };
  }

  it('is called exactly once at a normal end', async () => {
    let closed = 0;
    const { connect } = await serve(appWith(() => void closed++));
    const client = connect().send(get() + get());
    await client.response();
    await client.response();
    client.reset();
    await pause();
    expect(closed).toBe(2);
  });

  it.each(['HEAD', 'GET'])('is called once where %s gets no content', async (method) => {
    let closed = 0;
    const { ask } = await serve(appWith(() => void closed++, '204 No Content'));
    await ask(requestText(method, '/'));
    await pause();
    expect(closed).toBe(1);
  });

  it('is awaited before the next request begins', async () => {
    const events: string[] = [];
    const slow = appWith(async () => {
      await pause(30);
      events.push('closed');
    });
    const { connect } = await serve((environ, startResponse) => {
      events.push(environ.PATH_INFO);
      return slow(environ, startResponse);
    });
    const client = connect().send(get('/1') + get('/2'));
    await client.response();
    await client.response();
    expect(events.slice(0, 3)).toEqual(['/1', 'closed', '/2']);
  });

  it('that fails is logged, and the connection goes on', async () => {
    const errors = [new Error('thrown'), new Error('rejected')];
    let calls = 0;
    const app = appWith(() => {
      if (calls++ === 0) throw errors[0];
      return Promise.reject(errors[1]);
    });
    const { connect, takeErrors, errors: logged } = await serve(app);
    const client = connect().send(get() + get());
    expect((await client.response()).body).toBe('x');
    expect((await client.response()).body).toBe('x');
    await eventually(() => logged.length === 2);
    expect(takeErrors()).toEqual(errors);
  });

  it('that takes longer than the close timeout is logged once, and the connection goes on', async () => {
    const never = appWith(() => new Promise<void>(() => {}));
    const { connect, takeErrors } = await serve(never, { timeouts: { closeTimeout: 50 } });
    const client = connect().send(get() + get());
    expect((await client.response()).body).toBe('x');
    expect((await client.response()).body).toBe('x');
    expect(String(takeErrors()[0])).toContain("A body's close() has not ended after 50 ms");
    await pause(80);
    takeErrors();
  });
});

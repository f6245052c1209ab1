import type { Body, GatewayApp, StartResponse } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../test/client.ts';
import { bytes, get, requestText, serve } from '../../test/serve.ts';

const failure = new Error('it failed');

async function* failingAfter(
  startResponse: StartResponse,
  chunks: string[],
  headers: [string, string][] = [],
): AsyncGenerator<Uint8Array> {
  startResponse('200 OK', headers);
  for (const chunk of chunks) yield bytes(chunk);
  throw failure;
}

const FAILING: Record<string, GatewayApp> = {
  'throws before startResponse': () => {
    throw failure;
  },
  'throws after startResponse': (_environ, startResponse) => {
    startResponse('200 OK', [['X-Secret', '1']]);
    throw failure;
  },
  'rejects at once': () => Promise.reject(failure),
  'rejects after startResponse': async (_environ, startResponse) => {
    startResponse('200 OK', [['X-Secret', '1']]);
    await Promise.resolve();
    throw failure;
  },
  'returns a generator that throws first': (_environ, startResponse) => {
    startResponse('200 OK', [['X-Secret', '1']]);
    return {
      [Symbol.iterator]: () => ({
        next() {
          throw failure;
        },
      }),
    };
  },
  'returns an async generator that throws first': (_environ, startResponse) =>
    failingAfter(startResponse, []),
  'yields only empty chunks before it throws': (_environ, startResponse) =>
    failingAfter(startResponse, ['', '']),
  'returns a body whose iterator cannot be had': (_environ, startResponse) => {
    startResponse('200 OK', []);
    return {
      [Symbol.iterator]() {
        throw failure;
      },
    };
  },
  'returns a body whose async iterator cannot be had': (_environ, startResponse) => {
    startResponse('200 OK', []);
    return {
      [Symbol.asyncIterator]() {
        throw failure;
      },
    };
  },
  'returns a promise whose then() throws': (() => {
    const thenable = {};
    Object.defineProperty(thenable, 'then', {
      value: () => {
        throw failure;
      },
    });
    return thenable;
  }) as unknown as GatewayApp,
};

const SILENT: Record<string, () => Body | Promise<Body>> = {
  'an array': () => [bytes('x')],
  'an empty array': () => [],
  'a promised array': async () => [bytes('x')],
  'a generator': function* () {
    yield bytes('x');
  },
  'an empty generator': function* () {},
  'a generator of empty chunks': function* () {
    yield bytes('');
  },
  'an async generator': async function* () {
    yield bytes('x');
  },
  'an empty async generator': async function* () {},
};

describe('an application that fails before anything was sent', () => {
  it.each(Object.keys(FAILING))('and %s becomes a clean 500, logged once', async (name) => {
    const { connect, takeErrors } = await serve(FAILING[name]!);
    const client = connect().send(get() + get());
    const response = await client.response();
    expect(response.status).toBe(500);
    expect(fieldOf(response, 'X-Secret')).toBeUndefined();
    expect(response.body).not.toContain('it failed');
    // The connection goes on.
    expect((await client.response()).status).toBe(500);
    expect(takeErrors()).toEqual([failure, failure]);
  });

  it.each(Object.keys(SILENT))(
    'because it gives %s without startResponse is a 500',
    async (name) => {
      const { ask, takeErrors } = await serve(SILENT[name] as GatewayApp);
      expect((await ask()).status).toBe(500);
      expect(String(takeErrors())).toContain('without having called startResponse');
    },
  );

  it('gets a 500 without content for HEAD', async () => {
    const { connect, takeErrors } = await serve(FAILING['rejects at once']!);
    const client = connect().send(requestText('HEAD', '/', 'Connection: close'));
    expect((await client.response('HEAD')).status).toBe(500);
    expect(await client.rest()).toBe('');
    takeErrors();
  });

  it.each([undefined, null, 'text', 12, Symbol('thrown'), { a: 1 }])(
    'may throw %o as well as an Error',
    async (thrown) => {
      const { ask, takeErrors } = await serve(() => {
        throw thrown;
      });
      expect((await ask()).status).toBe(500);
      expect(takeErrors()).toEqual([thrown]);
    },
  );

  it('closes its body', async () => {
    let closed = 0;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return {
        [Symbol.iterator]: () => ({
          next() {
            throw failure;
          },
        }),
        close: () => void closed++,
      };
    };
    const { ask, takeErrors } = await serve(app);
    expect((await ask()).status).toBe(500);
    expect(closed).toBe(1);
    takeErrors();
  });

  it('is logged once when its close() fails with the same error', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign(failingAfter(startResponse, []), {
        close: () => Promise.reject(new Error('close failed')),
      });
    };
    const { ask, takeErrors } = await serve(app);
    expect((await ask()).status).toBe(500);
    expect(takeErrors().map(String)).toEqual([
      expect.stringContaining('already set'),
      'Error: close failed',
    ]);
  });
});

describe('an application that fails after bytes were sent', () => {
  it('cuts a chunked body', async () => {
    const { connect, takeErrors } = await serve((_environ, startResponse) =>
      failingAfter(startResponse, ['half']),
    );
    const text = await connect().send(get()).rest();
    expect(text).toMatch(/\r\n\r\n4\r\nhalf\r\n$/);
    expect(takeErrors()).toEqual([failure]);
  });

  it('cuts a body of declared length', async () => {
    const { connect, takeErrors } = await serve((_environ, startResponse) =>
      failingAfter(startResponse, ['half'], [['Content-Length', '8']]),
    );
    expect(await connect().send(get()).rest()).toMatch(/\r\n\r\nhalf$/);
    expect(takeErrors()).toEqual([failure]);
  });

  it('resets the connection where its end would be the end of the body', async () => {
    const { connect, takeErrors } = await serve((_environ, startResponse) =>
      failingAfter(startResponse, ['half']),
    );
    expect(await connect().send('GET / HTTP/1.0\r\n\r\n').closed).toBe('reset');
    expect(takeErrors()).toEqual([failure]);
  });

  it('and wrote before it threw is cut as well', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [])(bytes('half'));
      throw failure;
    };
    const { connect, takeErrors } = await serve(app);
    expect(await connect().send(get()).rest()).toMatch(/4\r\nhalf\r\n$/);
    expect(takeErrors()).toEqual([failure]);
  });

  it('aborts its signal with the error', async () => {
    let signal: AbortSignal | undefined;
    const app: GatewayApp = (environ, startResponse) => {
      signal = environ['gateway.signal'];
      return failingAfter(startResponse, ['half']);
    };
    const { connect, takeErrors } = await serve(app);
    await connect().send(get()).rest();
    expect(signal!.reason).toBe(failure);
    takeErrors();
  });

  it('answers no pipelined request behind it', async () => {
    let calls = 0;
    const { connect, takeErrors } = await serve((_environ, startResponse) => {
      calls++;
      return failingAfter(startResponse, ['half']);
    });
    await connect()
      .send(get() + get())
      .rest();
    expect(calls).toBe(1);
    takeErrors();
  });
});

describe('a client that does not read', () => {
  it('holds a cut connection no longer than the write timeout', async () => {
    const app: GatewayApp = async function* (_environ: unknown, startResponse: StartResponse) {
      startResponse('200 OK', []);
      // More than the system takes off our hands.
      yield new Uint8Array(32 * 1024 * 1024);
      throw failure;
    } as unknown as GatewayApp;
    const failing: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [])(new Uint8Array(32 * 1024 * 1024));
      throw failure;
    };
    for (const each of [app, failing]) {
      const { connect, takeErrors } = await serve(each, { timeouts: { writeTimeout: 200 } });
      const client = connect();
      client.socket.pause();
      client.send(get());
      await new Promise((resolve) => setTimeout(resolve, 600));
      client.socket.resume();
      expect((await client.rest()).length).toBeLessThan(32 * 1024 * 1024);
      takeErrors();
    }
  });
});

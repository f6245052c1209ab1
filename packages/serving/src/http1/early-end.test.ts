import type { Body, Environ, GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, post, serve } from '../../test/serve.ts';

/** A body that never ends by itself, and notes what is done to it. */
function endlessBody(events: string[], start = 'chunk'): Body {
  let number = 0;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (number > 0) await pause(5);
        return { done: false, value: bytes(`${start}${number++} `) };
      },
      async return() {
        events.push('return begins');
        await pause(20);
        events.push('return ends');
        return { done: true as const, value: undefined };
      },
    }),
    close() {
      events.push('close');
    },
  };
}

describe('a client that goes away', () => {
  it('aborts the signal, then ends the iterator, then closes the body, each once', async () => {
    const events: string[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.signal'].addEventListener('abort', () => events.push('abort'));
      startResponse('200 OK', []);
      return endlessBody(events);
    };
    const { connect, dropped } = await serve(app);
    const client = connect().send(get());
    await client.until('chunk0');
    client.reset();
    await eventually(() => events.includes('close'));
    await pause(50);
    expect(events).toEqual(['abort', 'return begins', 'return ends', 'close']);
    expect(dropped).toHaveLength(1);
    expect(dropped[0]!.name).toBe('ClientDisconnected');
    expect((dropped[0]!.cause as NodeJS.ErrnoException).code).toBe('ECONNRESET');
  });

  it('ends a body that waits for the socket to have room', async () => {
    const events: string[] = [];
    const big = new Uint8Array(1_000_000);
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return Object.assign(
        (function* () {
          try {
            for (;;) yield big;
          } finally {
            events.push('finally');
          }
        })(),
        { close: () => void events.push('close') },
      );
    };
    const { connect, dropped } = await serve(app);
    const client = connect();
    client.send(get());
    await client.until('HTTP/1.1 200');
    client.socket.pause();
    await pause(50);
    client.reset();
    await eventually(() => events.length === 2);
    expect(events).toEqual(['finally', 'close']);
    expect(dropped).toHaveLength(1);
  });

  it('closes a body that arrives after it left, and pulls nothing', async () => {
    const events: string[] = [];
    let finish = (_body: Body): void => {};
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return new Promise<Body>((resolve) => {
        finish = resolve;
      });
    };
    const { connect, dropped } = await serve(app);
    const client = connect().send(get());
    await pause();
    client.reset();
    await eventually(() => dropped.length === 1);
    finish({
      [Symbol.iterator]() {
        events.push('iterated');
        return [][Symbol.iterator]();
      },
      close: () => void events.push('close'),
    });
    await eventually(() => events.length > 0);
    await pause();
    expect(events).toEqual(['close']);
  });

  it('leaves nothing in the log, whatever the application does afterwards', async () => {
    const late: Record<string, (environ: Environ, write: () => unknown) => unknown> = {
      '/returns': () => undefined,
      '/writes': (_environ, write) => write(),
      '/rejects-with-reason': (environ) => Promise.reject(environ['gateway.signal'].reason),
      '/throws-if-aborted': (environ) => environ['gateway.signal'].throwIfAborted(),
      '/sleeps': (environ) =>
        new Promise((_resolve, reject) => {
          const error = new DOMException('aborted', 'AbortError');
          reject(environ['gateway.signal'].aborted ? error : new Error('not aborted'));
        }),
      '/early-hints': (environ) => environ['gateway.early_hints']!([['Link', '</a>']]),
      '/trailers': (environ) => environ['gateway.send_trailers']!([['X-T', '1']]),
    };
    let ended = 0;
    const app: GatewayApp = async (environ, startResponse) => {
      const signal = environ['gateway.signal'];
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      try {
        const write = startResponse('200 OK', []);
        await late[environ.PATH_INFO]!(environ, () => write(bytes('lost')));
        return [bytes('lost')];
      } finally {
        ended++;
      }
    };
    const { connect, dropped, errors, lines } = await serve(app);
    const paths = Object.keys(late);
    const clients = paths.map((path) => connect().send(get(path)));
    await pause(50);
    for (const client of clients) client.reset();
    await eventually(() => ended >= paths.length);
    await pause();
    expect(errors).toEqual([]);
    expect(lines).toEqual([]);
    expect(dropped).toHaveLength(paths.length);
  });

  it('logs what its iterator or close() throw, and sends nothing of it', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return {
        [Symbol.asyncIterator]: () => ({
          next: () => pause(5).then(() => ({ done: false, value: bytes('x') })),
          return: () => Promise.reject(new Error('return failed')),
        }),
        close: () => Promise.reject(new Error('close failed')),
      };
    };
    const { connect, takeErrors, errors } = await serve(app);
    const client = connect().send(get());
    await client.until('1\r\nx');
    client.reset();
    await eventually(() => errors.length === 2);
    expect(takeErrors().map(String)).toEqual(['Error: return failed', 'Error: close failed']);
  });

  it('makes a read of its unfinished body reject, without an error in the log', async () => {
    let error: unknown;
    const app: GatewayApp = async (environ) => {
      try {
        await environ['gateway.input'].read();
      } catch (caught) {
        error = caught;
        throw caught;
      }
      return [];
    };
    const { connect, dropped } = await serve(app);
    const client = connect().send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc');
    await pause();
    client.reset();
    await eventually(() => error !== undefined);
    expect(error).toMatchObject({ name: 'ClientDisconnected' });
    await pause();
    expect(dropped).toHaveLength(1);
  });

  it('closes a body also where its iterator never ends, and logs that', async () => {
    let closed = 0;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      const body = (async function* () {
        yield bytes('x');
        await new Promise(() => {});
      })();
      return Object.assign(body, { close: () => void closed++ });
    };
    const { connect, takeErrors } = await serve(app, { timeouts: { closeTimeout: 50 } });
    const client = connect().send(get());
    await client.until('1\r\nx');
    client.reset();
    await eventually(() => closed === 1);
    expect(takeErrors().map(String)).toEqual([
      expect.stringContaining('has not ended after 50 ms'),
    ]);
  });

  it('by closing, not resetting, is noticed when more is sent to it', async () => {
    const events: string[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      environ['gateway.signal'].addEventListener('abort', () => events.push('abort'));
      startResponse('200 OK', []);
      return endlessBody(events);
    };
    const { connect, dropped } = await serve(app);
    const client = connect().send(get());
    await client.until('chunk0');
    client.socket.destroy();
    await eventually(() => events.includes('close'));
    expect(events[0]).toBe('abort');
    expect(dropped).toHaveLength(1);
  });

  it('harms no other connection', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return endlessBody([]);
    };
    const { connect } = await serve(app);
    const other = connect().send(post('body'));
    await other.until('chunk0');
    const leaving = connect().send(get());
    await leaving.until('chunk0');
    leaving.reset();
    await other.until('chunk9');
  });
});

describe('a signal', () => {
  it('is never aborted after an answer that ended normally', async () => {
    const signals: AbortSignal[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      signals.push(environ['gateway.signal']);
      startResponse('200 OK', []);
      return environ.PATH_INFO === '/array' ? [bytes('x')] : new Set([bytes('x')]);
    };
    const { connect, server } = await serve(app);
    const client = connect().send(get('/array') + get('/iterable'));
    await client.response();
    await client.response();
    client.reset();
    await pause();
    await server.close();
    expect(signals.map((signal) => signal.aborted)).toEqual([false, false]);
  });

  it('that is asked for only after the client left is aborted already', async () => {
    let environ: Environ | undefined;
    const app: GatewayApp = (seen) => {
      environ = seen;
      return new Promise(() => {});
    };
    const { connect, dropped } = await serve(app);
    const client = connect().send(get());
    await eventually(() => environ !== undefined);
    client.reset();
    await eventually(() => dropped.length === 1);
    expect(environ!['gateway.signal'].aborted).toBe(true);
    expect(environ!['gateway.signal'].reason).toBe(dropped[0]);
  });

  it('is aborted when the server gives up a request at shutdown', async () => {
    let signal: AbortSignal | undefined;
    const app: GatewayApp = (environ) => {
      signal = environ['gateway.signal'];
      return new Promise(() => {});
    };
    const { connect, server } = await serve(app);
    connect().send(get());
    await eventually(() => signal !== undefined);
    await server.close();
    await eventually(() => signal!.aborted);
  });
});

import tls from 'node:tls';
import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { Client } from '../../test/client.ts';
import { Http2Client, readResponse, serveHttp2, testPair } from '../../test/http2-client.ts';
import { bytes, eventually, pause, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';

/** The preface of a client (RFC 9113 section 3.4) with empty SETTINGS. */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  frame(4, 0, 0, Buffer.alloc(0)),
]);

function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `:method GET`, `:scheme https`, `:path /` and `:authority a` by HPACK. */
const HEADERS = Buffer.from([0x82, 0x87, 0x84, 0x41, 0x01, 0x61]);

/** A RST_STREAM with CANCEL. */
function reset(stream: number): Buffer {
  return frame(3, 0, stream, Buffer.from([0, 0, 0, 8]));
}

/** The end of a GOAWAY frame with ENHANCE_YOUR_CALM, behind the last stream's number. */
const GOAWAY_CALM = '\0\0\0\x0b';

/** A connection over which HTTP/2 is settled on and any frames can be sent. */
function rawClient(port: number): Client {
  return new Client(
    tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'] }),
  );
}

describe('an HTTP/2 connection', () => {
  it('finishes running streams at shutdown, tells the client, and takes no new ones', async () => {
    const app: GatewayApp = async (_environ, startResponse) => {
      await pause(300);
      startResponse('200 OK', []);
      return [bytes('late')];
    };
    const { server, port } = await serveHttp2(app);
    const client = new Http2Client(port);
    const idle = new Http2Client(port);
    const running = client.ask();
    await new Promise((resolve) => idle.session.once('connect', resolve));
    await pause(30);
    const ended = server.shutdown();
    await eventually(() => client.goaway !== undefined && idle.goaway !== undefined);
    expect([client.goaway, idle.goaway]).toEqual([0, 0]);
    expect(await running).toMatchObject({ status: 200, body: 'late', code: 0 });
    await ended;
    await Promise.all([client.closed, idle.closed]);
  });

  it('is cut at the end of the time that shutdown gives', async () => {
    let aborted = false;
    const app: GatewayApp = (environ) => {
      environ['gateway.signal'].addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => {});
    };
    const { server, port } = await serveHttp2(app);
    const running = new Http2Client(port).ask();
    await pause(50);
    await server.shutdown({ timeout: 100 });
    expect((await running).status).toBe(0);
    expect(aborted).toBe(true);
  });

  it('ends when the application asks for it, after the answer', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', [['Connection', 'close']]);
      return [bytes('bye')];
    };
    const { port } = await serveHttp2(app);
    const client = new Http2Client(port);
    const answer = await client.ask();
    expect(answer.body).toBe('bye');
    expect(answer.headers.connection).toBeUndefined();
    await client.closed;
    expect(client.goaway).toBe(0);
  });

  it('ends after as many requests as it may have', async () => {
    const { port } = await serveHttp2(textApp(), { limits: { maxRequestsPerConnection: 2 } });
    const client = new Http2Client(port);
    expect((await client.ask()).status).toBe(200);
    expect((await client.ask()).status).toBe(200);
    await client.closed;
  });

  it('ends when nothing is asked for a while', async () => {
    const { port } = await serveHttp2(textApp(), { timeouts: { keepAliveTimeout: 500 } });
    const [asked, silent] = [new Http2Client(port), new Http2Client(port)];
    await asked.ask();
    await Promise.all([asked.closed, silent.closed]);
    expect(asked.goaway).toBe(0);
    const mute = rawClient(port);
    await mute.closed;
  });

  it('is answered once by handleRequest()', async () => {
    const { sslContext } = { sslContext: await testPair() };
    const server = makeServer({ app: textApp(), host: '127.0.0.1', sslContext, http2: true });
    const handled = server.handleRequest();
    await pause(50);
    const client = new Http2Client(server.port);
    expect((await client.ask()).body).toBe('hello');
    await handled;
    await client.closed;
    await server.close();
  });

  it('is refused above the number of connections', async () => {
    const { port } = await serveHttp2(textApp(), { limits: { maxConnections: 1 } });
    const first = new Http2Client(port);
    await first.ask();
    const second = new Http2Client(port);
    await second.closed;
    expect((await first.ask()).status).toBe(200);
  });

  it('needs sslContext', () => {
    expect(() => makeServer({ app: textApp(), http2: true })).toThrow("'http2' needs 'sslContext'");
  });

  it('is not offered unless asked for', async () => {
    const { port } = await serve(textApp(), { sslContext: await testPair() });
    const client = rawClient(port);
    await expect(client.send(PREFACE).response()).rejects.toThrow();
  });
});

describe('a client that takes its time', () => {
  it('loses a request whose body stands still', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [];
    };
    const { port } = await serveHttp2(app, { timeouts: { bodyTimeout: 500 } });
    const client = new Http2Client(port);
    const stream = client.open({ ':method': 'POST' }, false);
    stream.write('half');
    expect((await readResponse(stream)).status).toBe(408);
  });

  it.each(['while the body is pulled', 'after all was handed over'])(
    'loses an answer that it does not take, %s',
    async (when) => {
      let closed = false;
      const app: GatewayApp = (_environ, startResponse) => {
        startResponse('200 OK', []);
        if (when.startsWith('after')) return [Buffer.alloc(1_000_000)];
        return {
          *[Symbol.iterator]() {
            for (;;) yield Buffer.alloc(100_000);
          },
          close: () => {
            closed = true;
          },
        };
      };
      const { port, server } = await serveHttp2(app, { timeouts: { writeTimeout: 500 } });
      const client = new Http2Client(port, { settings: { initialWindowSize: 0 } });
      const stream = client.open();
      expect((await readResponse(stream)).code).not.toBe(0);
      if (when.startsWith('while')) await eventually(() => closed);
      await server.shutdown({ timeout: 5_000 });
    },
  );

  it('gets a large answer slowly, as long as it takes some of it', async () => {
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return [Buffer.alloc(200_000)];
    };
    const { port } = await serveHttp2(app, { timeouts: { writeTimeout: 1_000 } });
    const stream = new Http2Client(port).open();
    let received = 0;
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      stream.pause();
      setTimeout(() => stream.resume(), 200);
    });
    await new Promise((resolve) => stream.on('close', resolve));
    expect(received).toBe(200_000);
  }, 30_000);
});

describe('a client that attacks', () => {
  it('is sent away after its resets, and others are answered (CVE-2023-44487)', async () => {
    let begun = 0;
    const app: GatewayApp = async (environ, startResponse) => {
      if (environ.HTTP_HOST === 'a') begun++;
      await pause(5);
      startResponse('200 OK', []);
      return [bytes('fine')];
    };
    const { port, lines } = await serveHttp2(app, { accessLog: 'common' });
    const other = new Http2Client(port);
    await other.ask();
    const attacker = rawClient(port).send(PREFACE);
    let away = false;
    void attacker.closed.then(() => {
      away = true;
    });
    for (let id = 1; id < 20_000 && !away; id += 2) {
      attacker.send(Buffer.concat([frame(1, 5, id, HEADERS), reset(id)]));
      if (id % 20 === 1) await pause(0);
    }
    expect(await attacker.rest()).toContain(GOAWAY_CALM);
    expect(begun).toBeLessThan(1_000);
    expect((await other.ask()).body).toBe('fine');
    expect(lines.filter((line) => line.includes('refused: GOAWAY'))).toHaveLength(1);
  });

  it('is sent away when it resets 10,000 streams in one write', async () => {
    let begun = 0;
    const app: GatewayApp = async (environ, startResponse) => {
      if (environ.HTTP_HOST === 'a') begun++;
      await pause(5);
      startResponse('200 OK', []);
      return [bytes('fine')];
    };
    const { port } = await serveHttp2(app);
    const frames: Buffer[] = [PREFACE];
    for (let id = 1; id < 20_000; id += 2) {
      frames.push(frame(1, 5, id, HEADERS), reset(id));
    }
    const attacker = rawClient(port).send(Buffer.concat(frames));
    await attacker.closed;
    expect(begun).toBeLessThan(1_000);
    expect((await new Http2Client(port).ask()).body).toBe('fine');
  });

  it.each<[string, Buffer]>([
    ['fields that no table has', frame(1, 5, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f]))],
    ['a head of nothing', frame(1, 5, 1, Buffer.alloc(0))],
    ['a head on stream 0', frame(1, 5, 0, HEADERS)],
    ['a head on an even stream', frame(1, 5, 2, HEADERS)],
    ['data before a head', frame(0, 0, 1, Buffer.alloc(10))],
    ['a continuation of nothing', frame(9, 4, 1, HEADERS)],
    ['a window that overflows', frame(8, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff]))],
    ['a window of 0', frame(8, 0, 0, Buffer.alloc(4))],
    ['settings of 5 octets', frame(4, 0, 0, Buffer.alloc(5))],
    ['a frame that is too large', frame(0, 0, 1, Buffer.alloc(20_000))],
    ['a push', frame(5, 4, 1, Buffer.from([0, 0, 0, 2, 0x82]))],
    ['no preface', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')],
  ])('with %s ends its own connection alone', async (what, octets) => {
    const { port, lines } = await serveHttp2(textApp(), { timeouts: { keepAliveTimeout: 500 } });
    const bad = rawClient(port);
    bad.send(what === 'no preface' ? octets : Buffer.concat([PREFACE, octets]));
    expect((await new Http2Client(port).ask()).body).toBe('hello');
    await bad.closed;
    expect((await new Http2Client(port).ask()).body).toBe('hello');
    expect(lines).toEqual([]);
  });

  it.each<[string, () => Buffer]>([
    ['PING', () => frame(6, 0, 0, Buffer.alloc(8))],
    ['SETTINGS', () => frame(4, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100]))],
    ['empty DATA', () => frame(0, 0, 1, Buffer.alloc(0))],
    ['PRIORITY', () => frame(2, 0, 3, Buffer.from([0, 0, 0, 1, 5]))],
  ])('floods by %s and does not read leaves the others alone', async (_what, one) => {
    const { port } = await serveHttp2(textApp());
    const attacker = rawClient(port);
    attacker.socket.pause();
    attacker.send(Buffer.concat([PREFACE, frame(1, 4, 1, HEADERS)]));
    const many = Buffer.concat(Array.from({ length: 2_000 }, () => one()));
    for (let i = 0; i < 20; i++) attacker.send(many);
    await pause(50);
    expect((await new Http2Client(port).ask()).body).toBe('hello');
    attacker.socket.destroy();
  });

  it('sends a head in endless pieces is stopped', async () => {
    const { port } = await serveHttp2(textApp());
    const attacker = rawClient(port).send(PREFACE);
    attacker.send(frame(1, 1, 1, HEADERS));
    const field = Buffer.concat([
      Buffer.from([0x00, 0x01, 0x78, 0x7f, 0x81, 0x0e]),
      Buffer.alloc(2_048, 0x61),
    ]);
    let stopped = false;
    void attacker.closed.then(() => {
      stopped = true;
    });
    for (let i = 0; i < 2_000 && !stopped; i++) {
      attacker.send(frame(9, 0, 1, field));
      if (i % 20 === 0) await pause(0);
    }
    await attacker.closed;
    expect((await new Http2Client(port).ask()).body).toBe('hello');
  });

  it('opens more streams than it may has those refused', async () => {
    const release = Promise.withResolvers<void>();
    let running = 0;
    const app: GatewayApp = async (_environ, startResponse) => {
      running++;
      await release.promise;
      startResponse('200 OK', []);
      return [];
    };
    const { port } = await serveHttp2(app, { limits: { maxConcurrentStreams: 3 } });
    const frames: Buffer[] = [PREFACE];
    for (let id = 1; id < 40; id += 2) frames.push(frame(1, 5, id, HEADERS));
    rawClient(port).send(Buffer.concat(frames));
    await pause(100);
    expect(running).toBe(3);
    release.resolve();
  });

  it('resets an answer that is complete here and not taken, and nothing is kept', async () => {
    let answered = 0;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      answered++;
      return [Buffer.alloc(1_000_000)];
    };
    const { port, server } = await serveHttp2(app);
    const attacker = rawClient(port);
    // SETTINGS_INITIAL_WINDOW_SIZE of 0: nothing of the content can be sent.
    attacker.send(Buffer.concat([PREFACE, frame(4, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0]))]));
    attacker.send(frame(1, 5, 1, HEADERS));
    await eventually(() => answered === 1);
    await pause(30);
    attacker.send(reset(1));
    await pause(30);
    const start = performance.now();
    await server.shutdown({ timeout: 5_000 });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it.each<[string, (id: number) => Buffer]>([
    ['a window that overflows', (id) => frame(8, 0, id, Buffer.from([0x7f, 0xff, 0xff, 0xff]))],
    ['data behind the end', (id) => frame(0, 0, id, Buffer.from('x'))],
    ['a window of 0', (id) => frame(8, 0, id, Buffer.alloc(4))],
  ])('has the server reset its streams, by %s, is sent away as well', async (_what, fault) => {
    let begun = 0;
    const app: GatewayApp = async (environ, startResponse) => {
      if (environ.HTTP_HOST === 'a') begun++;
      await pause(30);
      startResponse('200 OK', []);
      return [];
    };
    const { port } = await serveHttp2(app);
    const attacker = rawClient(port).send(PREFACE);
    let away = false;
    void attacker.closed.then(() => {
      away = true;
    });
    for (let id = 1; id < 20_000 && !away; id += 2) {
      attacker.send(Buffer.concat([frame(1, 5, id, HEADERS), fault(id)]));
      if (id % 20 === 1) await pause(0);
    }
    await attacker.closed;
    expect(begun).toBeLessThan(1_000);
    expect((await new Http2Client(port).ask()).status).toBe(200);
  });

  it('leaves nothing behind', async () => {
    const { port, server } = await serveHttp2(textApp());
    for (let i = 0; i < 100; i++) {
      const client = rawClient(port).send(Buffer.concat([PREFACE, frame(1, 5, 1, HEADERS)]));
      if (i % 3 === 0) client.send(frame(1, 5, 3, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f])));
      if (i % 10 === 0) await pause(5);
      client.socket.destroy();
    }
    const count = () =>
      new Promise<number>((resolve) => server.socket!.getConnections((_e, n) => resolve(n)));
    let open = -1;
    await eventually(() => {
      void count().then((number) => {
        open = number;
      });
      return open === 0;
    });
  });
});

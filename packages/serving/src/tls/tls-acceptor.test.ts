import { once } from 'node:events';
import tls from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../test/client.ts';
import { get, pause, requestText, serve, textApp } from '../../test/serve.ts';
import { generateAdhocSslPair, type SslPair } from './adhoc-pair.ts';

let sslContext: SslPair;
beforeAll(async () => {
  sslContext = await generateAdhocSslPair();
});

function connectTls(port: number): Client {
  return new Client(tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }));
}

describe('a TLS port', () => {
  it.each(['GET', 'DELETE', 'PROPFIND'])('tells a plain %s to come with https', async (method) => {
    const { connect, lines } = await serve(textApp(), { sslContext });
    const answer = await connect().send(requestText(method, '/')).response();
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^This port speaks HTTPS, .*https:\/\/\.\n$/);
    expect(lines).toEqual([]);
  });

  it('tells a client so whose first octet comes alone', async () => {
    const { connect } = await serve(textApp(), { sslContext });
    const client = connect().send('P');
    await pause();
    expect((await client.send('OST / HTTP/1.1\r\n\r\n').response()).status).toBe(400);
  });

  it('cuts whoever begins with something else', async () => {
    const { connect } = await serve(textApp(), { sslContext });
    expect(await connect().send('\x00\x01').rest()).toBe('');
    expect(await connect().send('ssh'.toLowerCase()).rest()).toBe('');
  });

  it('cuts whoever negotiates again and again', async () => {
    const { port } = await serve(textApp(), { sslContext });
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false };
    const client = tls.connect({ ...options, maxVersion: 'TLSv1.2' }).on('error', () => {});
    client.resume();
    await once(client, 'secureConnect');
    const closed = once(client, 'close');
    const again = (): void => {
      if (!client.destroyed) client.renegotiate({ rejectUnauthorized: false }, again);
    };
    again();
    await closed;
  });

  it('takes a handshake octet by octet', async () => {
    const { port, connect } = await serve(textApp(), { sslContext });
    const outer = connect();
    const { createServer } = await import('node:net');
    const slow = createServer((socket) => {
      socket.on('data', (chunk) => {
        for (const octet of chunk) outer.socket.write(Uint8Array.of(octet));
      });
      outer.socket.pipe(socket);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const through = (slow.address() as { port: number }).port;
    expect((await connectTls(through).send(get()).response()).body).toBe('hello');
    slow.close();
    expect((await connectTls(port).send(get()).response()).body).toBe('hello');
  });

  it('cuts a client that is silent, or stops within its handshake', async () => {
    const { connect } = await serve(textApp(), { sslContext, timeouts: { headerTimeout: 100 } });
    const silent = connect();
    const begun = connect().send(Uint8Array.of(22, 3, 1, 0, 200, 1));
    expect(await silent.rest()).toBe('');
    expect(await begun.rest()).toBe('');
  });

  it('cuts handshakes above the number of connections it takes', async () => {
    const { port, connect } = await serve(textApp(), { sslContext, limits: { maxConnections: 2 } });
    const [first, second] = [connect(), connect()];
    await pause();
    await connect().closed;
    first.reset();
    second.reset();
    await pause();
    const open = connectTls(port);
    expect((await open.send(get()).response()).status).toBe(200);
    const again = connectTls(port);
    expect((await again.send(get()).response()).status).toBe(200);
    expect((await connectTls(port).send(get()).response()).status).toBe(503);
  });

  it('lets go at once of a client that ends its side within the handshake', async () => {
    const { connect } = await serve(textApp(), { sslContext });
    const start = performance.now();
    await connect()
      .send(Uint8Array.of(22, 3, 1, 0, 200, 1))
      .end().closed;
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it('answers a client that ends its side after its request', async () => {
    const { port } = await serve(
      textApp(() => pause().then(() => 'late')),
      { sslContext },
    );
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, allowHalfOpen: true };
    const client = new Client(tls.connect(options)).send(get()).end();
    expect((await client.response()).body).toBe('late');
  });

  it('serves again after a thousand clients that were no clients', async () => {
    const { port, connect, lines } = await serve(textApp(), { sslContext });
    for (let i = 0; i < 20; i++) {
      const rogues = Array.from({ length: 50 }, (_, n) =>
        n % 2 === 0
          ? connect().send(Uint8Array.of(22, 3, 1, 0, 4, 9, n, i, 0))
          : connect().send(Uint8Array.of(22, 3, 1, 2, 0, 1, n, i)),
      );
      await pause(5);
      for (const rogue of rogues) rogue.reset();
    }
    expect((await connectTls(port).send(get()).response()).status).toBe(200);
    expect(lines).toEqual([]);
  });
});

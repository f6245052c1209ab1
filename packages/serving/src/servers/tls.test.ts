import { rmSync } from 'node:fs';
import tls from 'node:tls';
import type { Environ, GatewayApp } from '@werkstatt/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, makeCertificate } from '../../test/certificate.ts';
import { Client } from '../../test/client.ts';
import { bytes, eventually, get, pause, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';

let certificate: Certificate;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => rmSync(certificate.folder, { recursive: true, force: true }));

function connectTls(port: number, options: tls.ConnectionOptions = {}): Client {
  const { cert } = certificate;
  const base = { port, host: '127.0.0.1', servername: 'localhost', ca: cert, allowHalfOpen: true };
  return new Client(tls.connect({ ...base, ...options }));
}

describe('TLS', () => {
  it.each(['paths', 'PEM text'])('takes certificate and key as %s', async (kind) => {
    const { cert, key, certPath, keyPath } = certificate;
    const sslContext = kind === 'paths' ? { cert: certPath, key: keyPath } : { cert, key };
    const app = textApp(
      (environ) => `${environ['gateway.url_scheme']} ${environ['gateway.socket']!.encrypted}`,
    );
    const { server, port } = await serve(app, { sslContext });
    expect(server.url).toBe(`https://127.0.0.1:${port}`);
    expect((await connectTls(port).send(get()).response()).body).toBe('https true');
  });

  it('says which file cannot be read', async () => {
    const sslContext = { cert: '/no/such/cert.pem', key: certificate.key };
    const server = makeServer({ app: textApp(), sslContext });
    await expect(server.listen()).rejects.toThrow(/sslContext\.cert: "\/no\/such\/cert\.pem"/);
  });

  it('speaks HTTP/1.1 by ALPN', async () => {
    const { port } = await serve(textApp(), { sslContext: certificate });
    const client = connectTls(port, { ALPNProtocols: ['h2', 'http/1.1'] });
    await client.send(get()).response();
    expect((client.socket as tls.TLSSocket).alpnProtocol).toBe('http/1.1');
  });

  it('answers pipelined requests, large bodies and octet-wise requests', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      const body = await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [body];
    };
    const { port } = await serve(app, { sslContext: certificate });
    const client = connectTls(port);
    const big = 'x'.repeat(2_000_000);
    client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${big.length}\r\n\r\n${big}`);
    for (const octet of get()) client.send(octet);
    expect((await client.response()).body.length).toBe(big.length);
    expect((await client.response()).body).toBe('');
  });

  it("gives the client's certificate as PEM, with mutual TLS", async () => {
    let environ: Environ | undefined;
    const app: GatewayApp = (seen, startResponse) => {
      environ = seen;
      startResponse('200 OK', []);
      return [];
    };
    const { cert, key } = certificate;
    const sslContext = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
    const { port } = await serve(app, { sslContext });
    await connectTls(port, { cert, key }).send(get()).response();
    expect(environ!.SSL_CLIENT_CERT!.trim()).toBe(cert.trim());
    await expect(connectTls(port).send(get()).response()).rejects.toThrow();
  });

  it('survives clients that speak no TLS, break off or name an unknown server', async () => {
    const { port, connect, lines } = await serve(textApp(), { sslContext: certificate });
    await connect().send(get()).closed;
    connect()
      .send(Buffer.from([22, 3, 1]))
      .reset();
    const unknown = connectTls(port, { servername: 'unknown.example', rejectUnauthorized: false });
    expect((await unknown.send(get()).response()).status).toBe(200);
    const leaving = connectTls(port).send(get());
    await leaving.response();
    leaving.socket.destroy();
    await pause();
    expect((await connectTls(port).send(get()).response()).status).toBe(200);
    expect(lines).toEqual([]);
  });

  it('drops what a client that goes away left, as without TLS', async () => {
    let closed = 0;
    const app: GatewayApp = (_environ, startResponse) => {
      startResponse('200 OK', []);
      return {
        async *[Symbol.asyncIterator]() {
          for (;;) {
            yield bytes('x');
            await pause(5);
          }
        },
        close: () => void closed++,
      };
    };
    const { port, dropped } = await serve(app, { sslContext: certificate });
    const client = connectTls(port).send(get());
    await client.until('1\r\nx');
    client.socket.destroy();
    await eventually(() => closed === 1);
    expect(dropped).toHaveLength(1);
  });

  it('ends unfinished handshakes with the server', async () => {
    const { connect, server } = await serve(textApp(), { sslContext: certificate });
    const silent = connect();
    await new Promise((resolve) => silent.socket.once('connect', resolve));
    await pause();
    await server.close();
    expect(await silent.closed).toBe('end');
  });

  it('lets open connections drain at shutdown', async () => {
    const { port, server } = await serve(
      textApp(() => pause(100).then(() => 'late')),
      { sslContext: certificate },
    );
    const running = connectTls(port).send(get());
    const idle = connectTls(port);
    await new Promise((resolve) => idle.socket.once('secureConnect', resolve));
    await pause(30);
    const ended = server.shutdown();
    expect((await running.response()).body).toBe('late');
    await ended;
    expect(await idle.closed).toBe('end');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../test/certificate.ts';
import { Client } from '../../test/client.ts';
import { bytes, eventually, get, pause, post, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';
import { BaseGatewayServer, type ClientAddress } from '../servers/base-server.ts';
import { MAX_PROXY_HEADER } from './proxied-connection.ts';

const LOCAL = ['127.0.0.1'];
const V1 = 'PROXY TCP4 192.0.2.1 192.0.2.2 4711 443\r\n';
const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';

/** A header of version 2, as latin-1. */
function block(command: number, family: number, content: string | number[]): string {
  const text = typeof content === 'string' ? content : String.fromCharCode(...content);
  const size = String.fromCharCode(text.length >> 8, text.length & 255);
  return SIGNATURE + String.fromCharCode(command, family) + size + text;
}

const IPV4 = [192, 0, 2, 1, 192, 0, 2, 2, 18, 103, 1, 187];
const ZEROS = new Array<number>(11).fill(0);
const IPV6 = [0x20, 1, 0x0d, 0xb8, ...ZEROS, 1, 0, 0, 0, 0, ...ZEROS, 1, 0, 80, 1, 187];
const UNIX = `/client${'\0'.repeat(101)}/server${'\0'.repeat(101)}`;
const V2 = block(0x21, 0x11, IPV4);

const whoAsks = textApp((environ) => `${environ.REMOTE_ADDR} ${environ.REMOTE_PORT}`);

function proxied(app: GatewayApp = whoAsks, trusted = LOCAL) {
  return serve(app, { proxyProtocol: { trusted } });
}

describe('the PROXY protocol, from a trusted peer', () => {
  it.each([
    ['version 1', V1, '192.0.2.1 4711'],
    ['version 1 over IPv6', 'PROXY TCP6 2001:db8::1 ::1 80 443\r\n', '2001:db8::1 80'],
    ['version 2', V2, '192.0.2.1 4711'],
    ['version 2 over IPv6', block(0x21, 0x21, IPV6), '2001:db8::1 80'],
    [
      'version 2 with more than addresses',
      block(0x21, 0x11, [...IPV4, 4, 0, 1, 7]),
      '192.0.2.1 4711',
    ],
    ['version 2 with a Unix socket', block(0x21, 0x31, UNIX), ' '],
  ])('names the client: %s', async (_name, header, expected) => {
    const { connect } = await proxied();
    const client = connect().send(header + get('/1') + get('/2'));
    for (let i = 0; i < 2; i++) expect((await client.response()).body).toBe(expected);
  });

  it.each([
    ['LOCAL of version 2', block(0x20, 0x11, IPV4)],
    ['an unknown family of version 2', block(0x21, 0, [])],
    ['UNKNOWN of version 1', 'PROXY UNKNOWN 192.0.2.1 192.0.2.2 1 2\r\n'],
  ])('keeps the real peer for %s', async (_name, header) => {
    const { connect } = await proxied();
    const client = connect();
    await client.send(header + get()).until('\r\n\r\n127.0.0.1 ');
    expect((await client.response()).body).toBe(`127.0.0.1 ${client.socket.localPort}`);
  });

  it('may cut its header and the request behind it anywhere', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      const body = await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [bytes(`${environ.REMOTE_ADDR} ${environ.PATH_INFO} `), body];
    };
    const { connect } = await proxied(app);
    for (const header of [
      V1,
      V2,
      block(0x21, 0x11, [...IPV4, 4, 0, 200, ...new Array(200).fill(9)]),
    ]) {
      const text = header + post('the body', '/path');
      const cuts = Array.from({ length: 12 }, () => Math.floor(Math.random() * text.length));
      for (const pieces of [[...text], ...cuts.map((at) => [text.slice(0, at), text.slice(at)])]) {
        const client = connect();
        for (const piece of pieces) {
          client.send(piece);
          if (pieces.length < 3) await pause(2);
        }
        expect((await client.response()).body).toBe('192.0.2.1 /path the body');
        client.end();
      }
    }
  });

  it.each([
    ['none', get()],
    ['a malformed one', `PROXY TCP4 192.0.2.1 192.0.2.2 99999 1\r\n${get()}`],
    ['one of another version', block(0x31, 0x11, IPV4) + get()],
    ['one that is too long', block(0x21, 0x11, 'x'.repeat(MAX_PROXY_HEADER)) + get()],
    ['two', V1 + V1 + get()],
  ])('is closed, and no application asked, with %s', async (name, text) => {
    let asked = 0;
    const { connect, lines } = await proxied((environ, startResponse) => {
      asked++;
      return whoAsks(environ, startResponse);
    });
    const received = await connect().send(text).rest();
    expect(asked).toBe(0);
    if (name === 'two') expect(received).toMatch(/^HTTP\/1\.1 400 /);
    else {
      expect(received).toBe('');
      expect(lines).toEqual([expect.stringMatching(/^127\.0\.0\.1 - refused: PROXY protocol: /)]);
    }
  });

  it('is closed when it takes its time, and nobody hears of one that just looks', async () => {
    const { connect, lines } = await serve(whoAsks, {
      proxyProtocol: { trusted: LOCAL },
      timeouts: { headerTimeout: 500 },
    });
    const looking = connect().send(V1.slice(0, 9)).end();
    const slow = connect().send(V1.slice(0, -1));
    expect(await slow.rest()).toBe('');
    await looking.closed;
    expect(lines).toEqual([expect.stringContaining('did not arrive in the time allowed')]);
  });

  it('does not keep the server from its end', async () => {
    const { server, connect } = await proxied();
    const client = connect().send('PROXY ');
    await pause();
    await server.shutdown();
    expect(await client.rest()).toBe('');
  });

  it('is one of a Unix socket too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'werkstatt-proxy-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'a.sock');
    const cutting: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      return (async function* () {
        yield bytes(`${environ.REMOTE_ADDR} ${environ.REMOTE_PORT}`);
        await pause();
        throw new Error('cut');
      })();
    };
    const { takeErrors } = await serve(cutting, {
      host: `unix://${path}`,
      proxyProtocol: { trusted: ['unix'] },
    });
    const client = new Client({ path }).send(`${V2}GET / HTTP/1.0\r\n\r\n`);
    await client.until('192.0.2.1 4711');
    await client.closed;
    expect(takeErrors()).toHaveLength(1);
    expect(await new Client({ path }).send(get()).rest()).toBe('');
  });

  it('is known to the hooks of the server', async () => {
    const seen: ClientAddress[] = [];
    class Verifying extends BaseGatewayServer {
      override verifyRequest(_socket: net.Socket, address: ClientAddress): boolean {
        seen.push(address);
        return address.host !== '192.0.2.1';
      }
    }
    const server = new Verifying({
      app: whoAsks,
      host: '127.0.0.1',
      proxyProtocol: { trusted: LOCAL },
    });
    await server.listen();
    onTestFinished(() => server.close());
    const client = new Client({ port: server.port, host: '127.0.0.1' });
    expect(await client.send(V1 + get()).rest()).toBe('');
    expect(seen).toEqual([{ host: '192.0.2.1', port: 4711 }]);
  });
});

describe('the PROXY protocol, from anybody else', () => {
  it.each([
    ['version 1', V1],
    ['version 2', V2],
  ])('is no request: %s', async (_name, header) => {
    const { connect } = await proxied(whoAsks, ['192.0.2.0/24']);
    expect(
      await connect()
        .send(header + get())
        .rest(),
    ).toMatch(/^HTTP\/1\.1 400 /);
    const { ask } = await proxied(whoAsks, ['192.0.2.0/24', 'unix']);
    expect((await ask()).body).toMatch(/^127\.0\.0\.1 /);
  });

  it('is no request where the option is not set', async () => {
    const { connect } = await serve(whoAsks);
    expect(
      await connect()
        .send(V2 + get())
        .rest(),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('the PROXY protocol before TLS', () => {
  async function secure(trusted = LOCAL) {
    const certificate = makeCertificate();
    onTestFinished(() => rmSync(certificate.folder, { recursive: true, force: true }));
    const served = await serve(whoAsks, { sslContext: certificate, proxyProtocol: { trusted } });
    const ask = async (header: string, ...cuts: number[]): Promise<string> => {
      const socket = net.connect({ port: served.port, host: '127.0.0.1', noDelay: true });
      socket.on('error', () => {});
      let from = 0;
      for (const at of [...cuts, header.length]) {
        socket.write(header.slice(from, at), 'latin1');
        from = at;
        if (cuts.length > 0) await pause(5);
      }
      const secured = tls.connect({ socket, ca: certificate.cert, servername: 'localhost' });
      return (await new Client(secured).send(get()).response()).body;
    };
    return { ...served, ask };
  }

  it('names the client, each its own, however it is cut', async () => {
    const { ask } = await secure();
    const numbers = Array.from({ length: 30 }, (_, i) => i + 1);
    const answers = await Promise.all(
      numbers.map((n) => ask(`PROXY TCP4 192.0.2.${n} 192.0.2.99 ${n} 443\r\n`)),
    );
    expect(answers).toEqual(numbers.map((n) => `192.0.2.${n} ${n}`));
    expect(await ask(V2, 3, 14)).toBe('192.0.2.1 4711');
    expect(await ask(V1, 1, 7, 30)).toBe('192.0.2.1 4711');
  });

  it('is needed from a trusted peer, and refused from another', async () => {
    const { ask, lines } = await secure();
    await expect(ask('')).rejects.toThrow();
    await eventually(() => lines.length > 0);
    const { ask: askUntrusted } = await secure(['192.0.2.1']);
    await expect(askUntrusted(V2)).rejects.toThrow();
    expect(await askUntrusted('')).toMatch(/^127\.0\.0\.1 /);
  });

  it('is an OptionError over a Unix socket', () => {
    const options = { app: whoAsks, sslContext: { cert: '', key: '' } };
    expect(() => makeServer({ ...options, proxyProtocol: { trusted: ['unix'] } })).toThrow(
      /don't go together/,
    );
  });
});

it('refuses options that trust nobody in particular', () => {
  for (const proxyProtocol of [true, {}, { trusted: '*' }, { trusted: ['::1'], more: 1 }]) {
    expect(() => makeServer({ app: whoAsks, proxyProtocol: proxyProtocol as never })).toThrow(
      "The option 'proxyProtocol' must be an object with trusted",
    );
  }
  expect(() => makeServer({ app: whoAsks, proxyProtocol: { trusted: ['*'] } })).toThrow(
    /'proxyProtocol\.trusted' has "\*"/,
  );
});

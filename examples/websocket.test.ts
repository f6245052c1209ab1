import { once } from 'node:events';
import { connect } from 'node:net';
import { type BaseGatewayServer, makeServer } from '@werkstatt/serving';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { application, sockets } from './websocket.ts';

let server: BaseGatewayServer;

beforeAll(async () => {
  server = makeServer({ app: application, host: '127.0.0.1' });
  await server.listen();
});

afterAll(() => server.close());

const echoUrl = () => `ws://127.0.0.1:${server.port}/echo`;

async function open(options = {}): Promise<WebSocket> {
  const socket = new WebSocket(echoUrl(), options);
  await once(socket, 'open');
  return socket;
}

async function close(socket: WebSocket): Promise<void> {
  socket.close();
  await once(socket, 'close');
}

/** Sends octets, and gives all that comes back until the connection has ended. */
async function send(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => (answer += chunk));
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return answer;
}

function handshake(...fields: string[]): string {
  const always = ['Host: a', 'Connection: Upgrade', 'Upgrade: websocket'];
  return ['GET /echo HTTP/1.1', ...always, ...fields, '', ''].join('\r\n');
}

const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
const VERSION = 'Sec-WebSocket-Version: 13';

async function eventually(check: () => boolean): Promise<void> {
  for (let tries = 0; !check(); tries++) {
    expect(tries, String(check)).toBeLessThan(500);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the echo', () => {
  it('sends texts and octets back, in order, of any size up to its limit', async () => {
    const socket = await open();
    const received: [data: Buffer, isBinary: boolean][] = [];
    socket.on('message', (data, isBinary) => received.push([data as Buffer, isBinary]));
    const sent: (string | Buffer)[] = ['Grüße', Buffer.from([0, 255]), '', 'x'.repeat(1_000_000)];
    for (const message of sent) socket.send(message);
    await eventually(() => received.length === sent.length);
    expect(received.map(([data, isBinary]) => (isBinary ? data : data.toString()))).toEqual(sent);
    await close(socket);
  });

  it('ends the connection of a message that is too large, and goes on for others', async () => {
    const [large, other] = [await open(), await open()];
    large.on('error', () => {});
    large.send(Buffer.alloc(1_048_577));
    expect((await once(large, 'close'))[0]).toBe(1009);
    other.send('still here');
    expect(String((await once(other, 'message'))[0])).toBe('still here');
    await close(other);
  });

  it('is for pages of the same server, and for clients that are no page', async () => {
    await close(await open({ origin: `http://127.0.0.1:${server.port}` }));
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`]) {
      await expect(open({ origin })).rejects.toThrow('Unexpected server response: 403');
    }
  });

  it('is 400 for a request without an upgrade, and other paths are not there', async () => {
    expect((await fetch(`${server.url}/echo`)).status).toBe(400);
    expect((await fetch(`${server.url}/other`)).status).toBe(404);
  });

  it('keeps nothing of 1000 broken handshakes', async () => {
    await eventually(() => sockets.clients.size === 0);
    const broken = [
      handshake(),
      handshake('Sec-WebSocket-Key: short', VERSION),
      handshake(KEY, 'Sec-WebSocket-Version: 7'),
      handshake(KEY, VERSION, 'Sec-WebSocket-Protocol: a,,b'),
    ];
    for (let round = 0; round < 20; round++) {
      const texts = Array.from({ length: 50 }, (_, i) => broken[i % broken.length]!);
      for (const answer of await Promise.all(texts.map(send))) {
        expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      }
    }
    await eventually(() => server.stats().connections.open <= 2);
    expect(server.stats().requests.running).toBe(0);
    expect(sockets.clients.size).toBe(0);
    expect(sockets.eventNames()).toEqual([]);
    const socket = await open();
    socket.send('works');
    expect(String((await once(socket, 'message'))[0])).toBe('works');
    await close(socket);
  });

  it('keeps nothing of clients that leave without a word, in the handshake or behind it', async () => {
    for (const text of ['', 'GET /echo', handshake(KEY), handshake(KEY, VERSION)]) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = connect(server.port, '127.0.0.1');
          socket.on('error', () => {});
          await once(socket, 'connect');
          socket.write(text, () => socket.resetAndDestroy());
          await once(socket, 'close');
        }),
      );
    }
    await eventually(() => sockets.clients.size === 0);
    await eventually(() => server.stats().connections.open <= 2);
    expect(server.stats().requests.running).toBe(0);
  });
});

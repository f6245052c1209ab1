import type { GatewayApp, GatewaySocket } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { bytes, eventually, get, pause, post, serve, textApp } from '../../test/serve.ts';

const UPGRADE = get('/', 'Connection: Upgrade', 'Upgrade: echo');

/** Takes the connection over and sends back all that comes, the head marked. */
const echo: GatewayApp = (environ) => {
  const { socket, head } = environ['gateway.upgrade']!();
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.write(`[${Buffer.from(head).toString('latin1')}]`);
  socket.on('data', (chunk) => void socket.write(chunk as Uint8Array));
  socket.on('end', () => void socket.end());
  return [];
};

describe('gateway.upgrade', () => {
  it('hands the connection over, with the octets right behind the request', async () => {
    const { connect } = await serve(echo);
    const client = connect().send(`${UPGRADE}early\r\n\r\n`);
    await client.until('[early\r\n\r\n]');
    client.send('GET / HTTP/1.1\r\n\r\n');
    await client.until(']GET / HTTP/1.1\r\n\r\n');
    client.end();
    expect(await client.closed).toBe('end');
    expect(client.received.match(/HTTP\/1\.1 \d/g)).toEqual(['HTTP/1.1 1']);
  });

  it('has an empty head where nothing was sent yet', async () => {
    const { connect } = await serve(echo);
    const client = connect().send(UPGRADE);
    await client.until('[]');
    client.send('later');
    await client.until('[]later');
  });

  it('loses no octet that arrives before the application decides or listens', async () => {
    const app: GatewayApp = async (environ) => {
      await pause(30);
      const { socket, head } = environ['gateway.upgrade']!();
      await pause(30);
      socket.write(`[${Buffer.from(head).toString('latin1')}]`);
      socket.on('data', (chunk) => void socket.write(chunk as Uint8Array));
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(`${UPGRADE}1`);
    await pause(10);
    client.send('2');
    await pause(40);
    client.send('3');
    await client.until('[12]3');
  });

  it('lets the new owner iterate, with backpressure', async () => {
    const app: GatewayApp = async (environ) => {
      const { socket, head } = environ['gateway.upgrade']!();
      let length = head.length;
      for await (const chunk of socket) length += chunk.length;
      socket.write(String(length));
      socket.end();
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(UPGRADE).send(new Uint8Array(5_000_000)).end();
    expect(await client.rest()).toBe('5000000');
  });

  it('is bound by no timeout of the server', async () => {
    const timeouts = { keepAliveTimeout: 1, headerTimeout: 1, bodyTimeout: 1, writeTimeout: 1 };
    const { connect } = await serve(echo, { timeouts });
    const client = connect().send(UPGRADE);
    await client.until('[]');
    await pause(2_500);
    client.send('still here');
    await client.until('still here');
  });

  it('leaves a timeout that the new owner sets', async () => {
    let owned: GatewaySocket | undefined;
    const app: GatewayApp = (environ) => {
      owned = environ['gateway.upgrade']!().socket;
      (owned as unknown as { setTimeout(ms: number): void }).setTimeout(150);
      // Fills the socket's buffer, so that it drains.
      owned.write(new Uint8Array(1_000_000));
      return [];
    };
    const { connect } = await serve(app);
    const client = connect().send(UPGRADE);
    expect(await client.closed).toBe('end');
    expect(owned!.destroyed).toBe(true);
  });

  it('is offered only to requests that ask, and a plain answer to those is fine', async () => {
    const app = textApp((environ) => typeof environ['gateway.upgrade']);
    const { connect } = await serve(app);
    const requests: [string, string][] = [
      [get(), 'undefined'],
      [UPGRADE, 'function'],
      [get('/', 'Upgrade: h2c'), 'undefined'],
      [get('/', 'Connection: x, upgrade', 'Upgrade: h2c'), 'function'],
      [post('body', '/', 'Connection: upgrade', 'Upgrade: h2c'), 'undefined'],
    ];
    const client = connect().send(requests.map(([request]) => request).join(''));
    for (const [, offered] of requests) expect((await client.response()).body).toBe(offered);
  });

  it('throws once the response has begun, or a second time', async () => {
    const errors: unknown[] = [];
    const app: GatewayApp = (environ, startResponse) => {
      startResponse('200 OK', []);
      try {
        environ['gateway.upgrade']!();
      } catch (error) {
        errors.push(error);
      }
      return [bytes('plain')];
    };
    expect((await (await serve(app)).ask(UPGRADE)).body).toBe('plain');
    const twice: GatewayApp = (environ) => {
      const { socket } = environ['gateway.upgrade']!();
      try {
        environ['gateway.upgrade']!();
      } catch (error) {
        errors.push(error);
      }
      socket.end();
      return [];
    };
    const { connect } = await serve(twice);
    expect(await connect().send(UPGRADE).rest()).toBe('');
    expect(errors).toHaveLength(2);
  });

  it('ends the connection when the application then fails', async () => {
    const app: GatewayApp = (environ) => {
      environ['gateway.upgrade']!();
      throw new Error('handshake failed');
    };
    const { connect, takeErrors, errors } = await serve(app);
    expect(await connect().send(UPGRADE).rest()).toBe('');
    await eventually(() => errors.length === 1);
    expect(String(takeErrors())).toContain('handshake failed');
  });

  it('survives a client that resets', async () => {
    const { connect, ask } = await serve(echo);
    const client = connect().send(UPGRADE);
    await client.until('[]');
    client.reset();
    await pause();
    expect((await ask('GET / HTTP/1.1\r\n\r\n')).status).toBe(400);
  });
});

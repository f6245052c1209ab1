import type { Socket } from 'node:net';
import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client } from '../../test/client.ts';
import { bytes, eventually, get, pause, serve, textApp } from '../../test/serve.ts';
import { BaseGatewayServer, type ClientAddress } from './base-server.ts';
import type { MakeServerOptions } from './options.ts';

async function listening<T extends BaseGatewayServer>(
  Server: new (options: MakeServerOptions) => T,
  options: Partial<MakeServerOptions> = {},
) {
  const server = new Server({ app: textApp(), host: '127.0.0.1', ...options });
  const lines: string[] = [];
  server.log = (_level, message) => void lines.push(message);
  await server.listen();
  onTestFinished(() => server.close());
  return { server, lines, connect: () => new Client({ port: server.port, host: '127.0.0.1' }) };
}

describe('verifyRequest()', () => {
  it('closes a connection unanswered when it says false', async () => {
    const seen: ClientAddress[] = [];
    class Choosy extends BaseGatewayServer {
      override verifyRequest(_socket: Socket, address: ClientAddress): boolean {
        seen.push(address);
        return seen.length > 1;
      }
    }
    const { connect } = await listening(Choosy);
    const refused = connect().send(get());
    await refused.closed;
    expect(refused.received).toBe('');
    const client = connect();
    expect((await client.send(get()).response()).status).toBe(200);
    expect(seen[1]).toEqual({ host: '127.0.0.1', port: client.socket.localPort });
  });

  it('that throws costs one connection, and tells handleError()', async () => {
    const errors: unknown[] = [];
    class Failing extends BaseGatewayServer {
      override verifyRequest(): boolean {
        if (errors.length === 0) throw new Error('verify failed');
        return true;
      }
      override handleError(error: unknown, address: ClientAddress | null): void {
        errors.push([String(error), address?.host]);
      }
    }
    const { connect } = await listening(Failing);
    await connect().send(get()).closed;
    expect(errors).toEqual([['Error: verify failed', '127.0.0.1']]);
    expect((await connect().send(get()).response()).status).toBe(200);
  });
});

describe('processRequest(), finishRequest() and shutdownRequest()', () => {
  it('are called in turn', async () => {
    const calls: string[] = [];
    class Noting extends BaseGatewayServer {
      override verifyRequest(): boolean {
        calls.push('verify');
        return calls.length < 4;
      }
      override processRequest(socket: Socket, address: ClientAddress) {
        calls.push('process');
        return super.processRequest(socket, address);
      }
      override finishRequest(socket: Socket, address: ClientAddress) {
        calls.push('finish');
        return super.finishRequest(socket, address);
      }
      override shutdownRequest(socket: Socket): void {
        calls.push('shutdown');
        super.shutdownRequest(socket);
      }
    }
    const { connect } = await listening(Noting);
    expect((await connect().send(get()).response()).status).toBe(200);
    await connect().send(get()).closed;
    expect(calls).toEqual(['verify', 'process', 'finish', 'verify', 'shutdown']);
  });

  it('may answer in their own way', async () => {
    class Answering extends BaseGatewayServer {
      override processRequest(socket: Socket): undefined {
        socket.on('error', () => {});
        socket.end('own protocol\n');
      }
    }
    const { connect } = await listening(Answering);
    expect(await connect().rest()).toBe('own protocol\n');
  });
});

describe('serviceActions()', () => {
  it('is called now and then while the server serves, and shutdown does not wait for it', async () => {
    let calls = 0;
    class Busy extends BaseGatewayServer {
      override serviceActions(): void {
        calls++;
      }
    }
    const { server } = await listening(Busy);
    await pause(700);
    expect(calls).toBe(0);
    const running = server.serveForever();
    await eventually(() => calls >= 2);
    await server.shutdown();
    await running;
    const before = calls;
    await pause(700);
    expect(calls).toBe(before);
  });

  it('that throws ends the server with its error', async () => {
    class Failing extends BaseGatewayServer {
      override serviceActions(): void {
        throw new Error('service failed');
      }
    }
    const { server } = await listening(Failing);
    await expect(server.serveForever()).rejects.toThrow('service failed');
  });
});

describe('handleError()', () => {
  it('logs errors of a listening socket, and the server goes on', async () => {
    const { server, lines, connect } = await listening(BaseGatewayServer);
    server.socket!.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    expect(lines[0]).toMatch(/^Error while accepting: Error: accept EMFILE/);
    expect((await connect().send(get()).response()).status).toBe(200);
  });
});

describe('passthroughErrors', () => {
  const failure = new Error('passed through');

  it.each(['synchronously', 'asynchronously', 'in its body'])(
    'rejects serveForever() with the very error that the application throws %s',
    async (when) => {
      const app: GatewayApp = (_environ, startResponse) => {
        if (when === 'synchronously') throw failure;
        if (when === 'asynchronously') return Promise.reject(failure);
        startResponse('200 OK', []);
        return (async function* () {
          yield bytes('half');
          await pause(5);
          throw failure;
        })();
      };
      const { server, connect } = await serve(app, { passthroughErrors: true });
      const running = server.serveForever();
      const idle = connect();
      const client = connect().send(get());
      await expect(running).rejects.toBe(failure);
      expect(await client.rest()).not.toContain('500');
      expect(await client.rest()).not.toMatch(/0\r\n\r\n$/);
      await idle.closed;
      expect(await connect().closed).toBe('reset');
    },
  );

  it('is no matter of a client that sends a broken body', async () => {
    const app: GatewayApp = async (environ, startResponse) => {
      await environ['gateway.input'].read();
      startResponse('200 OK', []);
      return [];
    };
    const { connect, ask } = await serve(app, { passthroughErrors: true });
    const client = connect();
    client.send('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    await pause();
    client.send('broken\r\n');
    expect((await client.response()).status).toBe(400);
    expect((await ask()).status).toBe(200);
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { hostname } from 'node:os';
import type { GatewayApp } from '@werkstatt/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client } from '../../test/client.ts';
import { get, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';
import { BaseGatewayServer } from './base-server.ts';

function ask(port: number, host = '127.0.0.1') {
  return new Client({ port, host }).send(get('/', 'Connection: close')).response();
}

describe('listen()', () => {
  it('binds a free port for 0 and tells it', async () => {
    const { server, port } = await serve(textApp());
    expect(port).toBeGreaterThan(0);
    expect(server.socket).toBeInstanceOf(net.Server);
    expect(server.addressFamily).toBe('IPv4');
    expect(server.url).toBe(`http://127.0.0.1:${port}`);
  });

  it('runs two servers beside each other', async () => {
    const [one, two] = [await serve(textApp('one')), await serve(textApp('two'))];
    expect((await one.ask()).body).toBe('one');
    expect((await two.ask()).body).toBe('two');
  });

  it('binds once, however often it is called', async () => {
    const { server, port } = await serve(textApp());
    await Promise.all([server.listen(), server.listen()]);
    expect(server.port).toBe(port);
  });

  it('rejects with EADDRINUSE for a port that is taken, and can be called again', async () => {
    const { server: first, port } = await serve(textApp('first'));
    const second = makeServer({ app: textApp('second'), host: '127.0.0.1', port });
    onTestFinished(() => second.close());
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE', port });
    await expect(second.serveForever()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
    await second.listen();
    expect((await ask(port)).body).toBe('second');
  });

  it('leaves nothing bound where the second address of localhost is taken', async () => {
    const holder = net.createServer();
    holder.listen(0, '::1');
    await once(holder, 'listening');
    onTestFinished(() => void holder.close());
    const { port } = holder.address() as net.AddressInfo;
    const server = makeServer({ app: textApp(), port });
    await expect(server.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const other = await serve(textApp(), { port });
    expect((await other.ask()).status).toBe(200);
  });

  it('rejects for a host that is no name and no address of this machine', async () => {
    const app = textApp();
    await expect(makeServer({ app, host: '192.0.2.1' }).listen()).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
    await expect(makeServer({ app, host: 'no such host' }).listen()).rejects.toThrow('ENOTFOUND');
  });

  it('answers for localhost on both loopback addresses', async () => {
    const server = makeServer({ app: textApp((environ) => environ.SERVER_NAME) });
    onTestFinished(() => server.close());
    await server.listen();
    expect((await ask(server.port, '127.0.0.1')).body).toBe('localhost');
    expect((await ask(server.port, '::1')).body).toBe('localhost');
  });

  it.each(['', '*'])('answers for %j on all interfaces, named after the machine', async (host) => {
    const { port } = await serve(
      textApp((environ) => environ.SERVER_NAME),
      { host },
    );
    expect((await ask(port, '127.0.0.1')).body).toBe(hostname());
    expect((await ask(port, '::1')).body).toBe(hostname());
  });

  it('tells an IPv6 peer and server apart by their addresses', async () => {
    const app = textApp((environ) => `${environ.SERVER_NAME} ${environ.REMOTE_ADDR}`);
    const { server, port } = await serve(app, { host: '::1' });
    expect(server.addressFamily).toBe('IPv6');
    expect(server.url).toBe(`http://[::1]:${port}`);
    expect((await ask(port, '::1')).body).toBe('::1 ::1');
  });

  it('starts again at once on its port, though connections were open', async () => {
    const first = await serve(textApp('first'));
    const clients = [first.connect(), first.connect(), first.connect()];
    await clients[0]!.send(get()).response();
    clients[1]!.send('GET / HT');
    await first.server.close();
    const second = await serve(textApp('second'), { port: first.port });
    expect((await second.ask()).body).toBe('second');
  });

  it('takes the backlog of a subclass', () => {
    class Short extends BaseGatewayServer {
      static override requestQueueSize = 3;
    }
    expect(new Short({ app: textApp() }).requestQueueSize).toBe(3);
    expect(new Short({ app: textApp(), requestQueueSize: 4 }).requestQueueSize).toBe(4);
  });

  it.runIf(process.platform === 'linux')('hands the backlog to the system', async () => {
    const { port } = await serve(textApp(), { requestQueueSize: 7 });
    let text: string;
    try {
      text = execFileSync('ss', ['-Hltn', `sport = :${port}`], { encoding: 'utf8' });
    } catch {
      return;
    }
    expect(text.trim().split(/\s+/)[2]).toBe('7');
  });
});

describe('setApp()', () => {
  it('replaces the application for the requests that come', async () => {
    const { server, connect } = await serve(textApp('old'));
    const client = connect().send(get());
    expect((await client.response()).body).toBe('old');
    server.setApp(textApp('new'));
    expect((await client.send(get()).response()).body).toBe('new');
  });
});

describe('an inherited descriptor', () => {
  it('is listened on in place of host and port', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as net.AddressInfo;
    const { fd } = (holder as unknown as { _handle: { fd: number } })._handle;
    const source = new URL('../../../../tools/source.mjs', import.meta.url).href;
    const make = new URL('../make-server.ts', import.meta.url).href;
    const script = `
      const { makeServer } = await import(${JSON.stringify(make)});
      const app = (_environ, startResponse) => {
        startResponse('200 OK', []);
        return [new TextEncoder().encode('inherited')];
      };
      const server = makeServer({ app, fd: 3 });
      await server.listen();
      console.log(server.port);`;
    const child = spawn(
      process.execPath,
      ['--import', source, '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit', fd] },
    );
    onTestFinished(() => void child.kill());
    holder.close();
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    expect(Number(line)).toBe(port);
    expect((await ask(port)).body).toBe('inherited');
  });
});

describe('a burst of connections', () => {
  it('is answered in full', async () => {
    const app: GatewayApp = textApp('x');
    const { connect } = await serve(app);
    const clients = Array.from({ length: 300 }, () => connect().send(get()));
    for (const client of clients) expect((await client.response()).status).toBe(200);
  });
});

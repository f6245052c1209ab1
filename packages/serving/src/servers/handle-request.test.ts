import { describe, expect, it, onTestFinished } from 'vitest';
import { Client, fieldOf } from '../../test/client.ts';
import { get, pause, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';
import type { BaseGatewayServer } from './base-server.ts';

function oneAtATime(app = textApp((environ) => environ.PATH_INFO)) {
  const server: BaseGatewayServer = makeServer({ app, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  const connect = () => new Client({ port: server.port, host: '127.0.0.1' });
  return { server, connect };
}

/** Begins to listen by a first request. */
async function started() {
  const served = oneAtATime();
  const first = served.server.handleRequest();
  while (served.server.port === 0) await pause(1);
  await served.connect().send(get('/first')).response();
  await first;
  return served;
}

describe('handleRequest()', () => {
  it('answers one request, and the next one waits for the next call', async () => {
    const { server, connect } = await started();
    const client = connect().send(get('/second'));
    await pause(50);
    expect(client.received).toBe('');
    await server.handleRequest();
    const response = await client.response();
    expect(response.body).toBe('/second');
    expect(fieldOf(response, 'Connection')).toBe('close');
  });

  it('returns once per answer when it is called several times at once', async () => {
    const { server, connect } = await started();
    let returned = 0;
    const calls = [1, 2, 3].map(() => server.handleRequest().then(() => returned++));
    for (let i = 1; i <= 3; i++) {
      await connect().send(get()).response();
      await pause();
      expect(returned).toBe(i);
    }
    await Promise.all(calls);
  });

  it('gives no turn to a client that leaves without a request', async () => {
    const { server, connect } = await started();
    const handled = server.handleRequest();
    const leaving = connect();
    await pause();
    const client = connect().send(get('/asked'));
    await pause();
    expect(client.received).toBe('');
    leaving.reset();
    expect((await client.response()).body).toBe('/asked');
    await handled;
  });

  it('answers a request that is refused as well', async () => {
    const { server, connect } = await started();
    const handled = server.handleRequest();
    expect((await connect().send('nonsense\r\n\r\n').response()).status).toBe(400);
    await handled;
  });

  it('ends with the server', async () => {
    const { server } = await started();
    const handled = server.handleRequest();
    await pause();
    await server.close();
    await handled;
  });

  it('lets serveForever() answer all that waits', async () => {
    const { server, connect } = await started();
    const client = connect().send(get('/waiting'));
    await pause();
    const running = server.serveForever();
    expect((await client.response()).body).toBe('/waiting');
    await server.shutdown();
    await running;
  });

  it('waits for one answer more where the server listens anyway', async () => {
    const { server, ask } = await serve(textApp());
    let handled = false;
    const turn = server.handleRequest().then(() => {
      handled = true;
    });
    await pause();
    expect(handled).toBe(false);
    expect((await ask()).status).toBe(200);
    await turn;
    expect((await ask()).status).toBe(200);
  });
});

/**
 * The server under soak, in a process of its own: HTTP and HTTPS with one application, and timeouts
 * that are short, so that slow clients meet them. It answers each message with a sample of itself.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseGatewayServer } from '@werkstatt/serving';
import { makeServer } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';
import { selfSignedCertificate } from '../../conformance/wire/self-signed.ts';
import type { Sample } from './sample.ts';

const timeouts = {
  headerTimeout: 1_000,
  bodyTimeout: 1_000,
  keepAliveTimeout: 1_000,
  writeTimeout: 2_000,
  halfCloseTimeout: 1_000,
  lingerTimeout: 1_000,
};

const application = Request.application(async (request) => {
  switch (request.path) {
    case '/':
      return new Response('Hello World!');
    case '/echo':
      return new Response(await request.bytes());
    case '/stream':
      return new Response(pieces(64), { mimetype: 'text/plain' });
    case '/endless':
      return new Response(pieces(Number.POSITIVE_INFINITY), { mimetype: 'text/plain' });
    case '/throw':
      throw new Error('thrown');
    case '/throw-late':
      return new Response(failing(), { mimetype: 'text/plain' });
    case '/wait':
      await Promise.race([sleep(200), gone(request.signal)]);
      return new Response('waited');
    default:
      return new Response('', { status: 404 });
  }
});

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(16_384);
}

async function* failing(): AsyncGenerator<string> {
  yield 'a first piece';
  throw new Error('thrown late');
}

function gone(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

async function serve(options: object): Promise<BaseGatewayServer> {
  const server = makeServer({ host: '127.0.0.1', app: application, timeouts, ...options });
  server.log = () => {}; // errors are asked for, and many
  await server.listen();
  return server;
}

function listenersOf(emitter: NodeJS.EventEmitter): number {
  return emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
}

async function sample(servers: readonly BaseGatewayServer[]): Promise<Sample> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc!();
    await sleep(20);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const emitters = [process, ...servers.map((server) => server.socket!)];
  return {
    memory: rss,
    heap: heapUsed,
    external,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Timeout').length,
    listeners: emitters.reduce((sum, emitter) => sum + listenersOf(emitter), 0),
    files: readdirSync('/proc/self/fd').length,
  };
}

const servers = [await serve({}), await serve({ sslContext: selfSignedCertificate() })];
process.on('message', async () => process.send!(await sample(servers)));
process.on('disconnect', () => process.exit(0));
process.send!(servers.map(({ port }) => port));

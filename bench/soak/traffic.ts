import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Counts } from './sample.ts';

/** The ports of the server. */
export interface Ports {
  readonly http: number;
  readonly https: number;
}

/** One client of a kind: talks once, as long as that takes. */
type Client = (ports: Ports) => Promise<void>;

const HEAD = ' HTTP/1.1\r\nHost: localhost\r\n';
const BODY = Buffer.alloc(1_000_000, 'x');

/** Kinds of clients, by name. */
const KINDS: Readonly<Record<string, Client>> = {
  'keep-alive': ({ http }) => keptAlive(open(http)),
  TLS: ({ https }) => keptAlive(openTls(https)),
  'new connections': ({ http }) => talk(open(http), get('/', 'Connection: close')),
  pipelined: ({ http }) =>
    talk(open(http), `${get('/').repeat(15)}${get('/', 'Connection: close')}`),
  'large bodies': ({ http }) => talk(open(http), post(BODY)),
  'large bodies by TLS': ({ https }) => talk(openTls(https), post(BODY)),
  streams: ({ http }) => talk(open(http), get('/stream', 'Connection: close')),
  errors: ({ http }) => talk(open(http), get('/throw') + get('/throw-late')),
  malformed: ({ http }) => talk(open(http), `${get('/')}GET /\r\n\r\n`),
  'half a head': ({ http }) => talk(open(http), 'GET / HTTP/1.1\r\nHost:'),
  'half a body': ({ http }) => talk(open(http), `POST /echo${HEAD}Content-Length: 9\r\n\r\nabc`),
  'aborted uploads': ({ http }) => aborted(open(http), post(BODY).subarray(0, 300_000)),
  'aborted answers': ({ http }) => aborted(open(http), get('/endless')),
  'aborted by TLS': ({ https }) => aborted(openTls(https), get('/endless')),
  'aborted while waiting': ({ http }) => aborted(open(http), get('/wait')),
  'slow readers': ({ http }) => paused(open(http), get('/endless')),
  'slow writers': ({ http }) => dribbled(open(http), get('/', 'Connection: close')),
};

/** Those that wait until the server has had enough of them, which takes seconds. */
export const SLOW_KINDS: readonly string[] = [
  'half a head',
  'half a body',
  'slow readers',
  'slow writers',
];

/** How many clients of each kind there are at a time. */
const OF_EACH = 3;

/**
 * Sends traffic for some milliseconds, and returns when the last client has ended.
 *
 * @param without kinds that stay away.
 */
export async function traffic(
  ports: Ports,
  milliseconds: number,
  counts: Counts,
  without: readonly string[] = [],
): Promise<void> {
  const end = performance.now() + milliseconds;
  const kinds = Object.entries(KINDS).filter(([kind]) => !without.includes(kind));
  const clients = kinds.flatMap(([kind, client]) =>
    Array.from({ length: OF_EACH }, async () => {
      while (performance.now() < end) {
        await client(ports);
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }),
  );
  await Promise.all(clients);
}

function get(target: string, ...fields: string[]): string {
  return `GET ${target}${HEAD}${fields.map((field) => `${field}\r\n`).join('')}\r\n`;
}

function post(body: Buffer): Buffer {
  const head = `POST /echo${HEAD}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function open(port: number): Socket {
  return connect(port, '127.0.0.1').on('error', () => {}); // resets are part of the traffic
}

function openTls(port: number): Socket {
  const options = { port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false };
  return connectTls(options).on('error', () => {});
}

/** Sends all at once and reads until the server ends the connection. */
async function talk(socket: Socket, octets: string | Buffer): Promise<void> {
  socket.write(octets);
  socket.resume();
  await closed(socket);
}

/** Fifty requests, each when the one before is answered. */
async function keptAlive(socket: Socket): Promise<void> {
  let left = 50;
  socket.on('data', () => {
    if (--left > 0) socket.write(get('/'));
    else socket.end();
  });
  socket.write(get('/'));
  await closed(socket);
}

/** Sends, takes a little, and resets. */
async function aborted(socket: Socket, octets: string | Buffer): Promise<void> {
  socket.write(octets);
  socket.once('data', () => {});
  await sleep(Math.random() * 30);
  if (socket instanceof TLSSocket)
    socket.destroy(); // which knows no reset
  else socket.resetAndDestroy();
  await closed(socket);
}

/** Sends, and reads nothing until the server has had enough. */
async function paused(socket: Socket, octets: string): Promise<void> {
  socket.write(octets);
  socket.pause();
  const over = AbortSignal.timeout(6_000);
  while (!socket.destroyed && !over.aborted) {
    await sleep(500);
    socket.read(1);
  }
  socket.destroy();
}

/** Sends an octet at a time. */
async function dribbled(socket: Socket, octets: string): Promise<void> {
  socket.setNoDelay(true).resume();
  for (const octet of octets) {
    if (socket.destroyed || !socket.writable) break;
    socket.write(octet);
    await sleep(5);
  }
  await closed(socket);
}

function closed(socket: Socket): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.setTimeout(20_000, () => socket.destroy());
  });
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayApp } from '@werkstatt/core';
import { GatewayRequestHandler, makeServer } from '@werkstatt/serving';
import { expect, onTestFinished } from 'vitest';

/** An application that is served until the test ends. */
export interface Served {
  port: number;
  /** Errors that the server logged; those that are left fail the test. */
  errors: unknown[];
  /** Opens a connection and sends a request on it. */
  send(request: string): Promise<Socket>;
}

/**
 * Serves an application over TCP. An error in the log, and a rejection that nobody handles, fail the
 * test.
 */
export async function serve(app: GatewayApp): Promise<Served> {
  const errors: unknown[] = [];
  const unhandled = (error: unknown) => errors.push(error);
  class Recording extends GatewayRequestHandler {
    override logError(error: unknown): void {
      errors.push(error);
    }
  }
  const server = makeServer({ host: '127.0.0.1', app, requestHandler: Recording });
  server.log = () => {};
  await server.listen();
  process.on('unhandledRejection', unhandled);
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
    process.off('unhandledRejection', unhandled);
    expect(errors).toEqual([]);
  });
  const send = async (request: string): Promise<Socket> => {
    const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(request);
    return socket;
  };
  return { port: server.port, errors, send };
}

/** A request without a body. */
export function get(path = '/'): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}

/** Resolves once `check` holds. */
export async function eventually(check: () => boolean, what = String(check)): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (check()) return;
    await sleep(5);
  }
  throw new Error(`Never: ${what}`);
}

/** Resolves once a number has stopped growing, and gives it. */
export async function settled(count: () => number): Promise<number> {
  for (let before = -1; ; before = count()) {
    await sleep(100);
    if (count() === before) return before;
  }
}

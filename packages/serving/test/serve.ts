import type { Environ, GatewayApp, HeaderList } from '@werkstatt/core';
import { expect, onTestFinished } from 'vitest';
import { makeServer } from '../src/make-server.ts';
import type { BaseGatewayServer } from '../src/servers/base-server.ts';
import type { MakeServerOptions } from '../src/servers/options.ts';
import { GatewayRequestHandler } from '../src/servers/request-handler.ts';
import { Client, type TestScope, type WireResponse } from './client.ts';

const encoder = new TextEncoder();

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** A request's text; `Host` is added. */
export function get(path = '/', ...fields: string[]): string {
  return requestText('GET', path, ...fields);
}

export function requestText(method: string, path: string, ...fields: string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...fields, '', ''].join('\r\n');
}

/** A request with a body of a declared length. */
export function post(body: string, path = '/', ...fields: string[]): string {
  return requestText('POST', path, `Content-Length: ${body.length}`, ...fields) + body;
}

/** An application that answers 200 with a text. */
export function textApp(
  text: string | ((environ: Environ) => string | Promise<string>) = 'hello',
  headers: HeaderList = [['Content-Type', 'text/plain']],
): GatewayApp {
  return (environ, startResponse) => {
    const answer = (content: string) => {
      startResponse('200 OK', headers);
      return [bytes(content)];
    };
    const content = typeof text === 'string' ? text : text(environ);
    return typeof content === 'string' ? answer(content) : content.then(answer);
  };
}

/** A server under test, and what it told its log and its hooks. */
export interface Served {
  server: BaseGatewayServer;
  port: number;
  /** Errors of the application that were logged. */
  errors: unknown[];
  /** Errors with which connections were dropped. */
  dropped: Error[];
  /** Lines of the log but for those errors. */
  lines: string[];
  connect(): Client;
  /** Sends a request on a connection of its own and reads the answer. */
  ask(request?: string): Promise<WireResponse>;
  /** The errors logged, which become none. */
  takeErrors(): unknown[];
}

/** Serves `app` until the test ends. An error that was logged and not taken fails the test. */
export async function serve(
  app: GatewayApp,
  options: Omit<MakeServerOptions, 'app'> = {},
  scope: TestScope = { onTestFinished },
): Promise<Served> {
  const errors: unknown[] = [];
  const dropped: Error[] = [];
  const lines: string[] = [];
  class Recording extends (options.requestHandler ?? GatewayRequestHandler) {
    override logError(error: unknown): void {
      errors.push(error);
    }
    override connectionDropped(error: Error, environ: Environ): void {
      dropped.push(error);
      super.connectionDropped(error, environ);
    }
  }
  const server = makeServer({ host: '127.0.0.1', ...options, app, requestHandler: Recording });
  server.log = (_level, message) => void lines.push(message);
  await server.listen();
  scope.onTestFinished(async () => {
    await server.close();
    expect(errors, 'errors in the log').toEqual([]);
  });
  const { port } = server;
  const connect = () => new Client({ port, host: '127.0.0.1' }, scope);
  return {
    server,
    port,
    errors,
    dropped,
    lines,
    connect,
    ask: (request = get()) => connect().send(request).response(request.split(' ', 1)[0]),
    takeErrors: () => errors.splice(0),
  };
}

/** Resolves once `check` holds; it is asked again and again. */
export async function eventually(check: () => boolean, what = String(check)): Promise<void> {
  const start = performance.now();
  while (!check()) {
    if (performance.now() - start > 10_000) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Lets the loop turn, so that what is due has happened. */
export function pause(milliseconds = 20): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

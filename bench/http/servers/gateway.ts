/** A bare gateway application: what the server alone costs. */
import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core';
import { serve } from '../../hello/servers/serve.ts';
import { asyncPieces, HELLO, LARGE, pieces } from '../payloads.ts';

const TEXT = 'text/plain; charset=utf-8';
const hello = Buffer.from(HELLO);

function answer(start: StartResponse, type: string, body: Uint8Array): Body {
  start('200 OK', [
    ['Content-Type', type],
    ['Content-Length', String(body.byteLength)],
  ]);
  return [body];
}

async function readWhole(environ: Environ): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of environ['gateway.input']) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function echo(environ: Environ, start: StartResponse): Promise<Body> {
  const value: unknown = JSON.parse((await readWhole(environ)).toString());
  return answer(start, 'application/json', Buffer.from(JSON.stringify(value)));
}

async function upload(environ: Environ, start: StartResponse): Promise<Body> {
  return answer(start, TEXT, Buffer.from(String((await readWhole(environ)).length)));
}

const application: GatewayApp = (environ, start) => {
  switch (environ.PATH_INFO) {
    case '/':
      return answer(start, TEXT, hello);
    case '/echo':
      return echo(environ, start);
    case '/upload':
      return upload(environ, start);
    case '/large':
      return answer(start, TEXT, LARGE);
    case '/stream':
      start('200 OK', [['Content-Type', TEXT]]);
      return pieces();
    case '/stream-async':
      start('200 OK', [['Content-Type', TEXT]]);
      return asyncPieces();
    default:
      start('404 Not Found', []);
      return [];
  }
};

await serve(application);

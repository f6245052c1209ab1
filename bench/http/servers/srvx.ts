/** srvx, with its middleware for static files. */
import type { Server } from 'node:http';
import { FastResponse, type ServerMiddleware, serve } from 'srvx';
import { staticMiddleware } from 'srvx/static';
import { asyncPieces, FILES, HELLO, LARGE, pieces } from '../payloads.ts';
import { tell } from './listen.ts';

const TEXT = { headers: { 'Content-Type': 'text/plain; charset=utf-8' } };
const large = new Uint8Array(LARGE);
const files: ServerMiddleware = staticMiddleware({ dir: FILES, compress: false });

const server = serve({
  port: 0,
  hostname: '127.0.0.1',
  silent: true,
  middleware: [(request, next) => (request.url.endsWith('.txt') ? files(request, next) : next())],
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case '/':
        return new FastResponse(HELLO, TEXT);
      case '/echo':
        return FastResponse.json(await request.json());
      case '/upload':
        return new FastResponse(String((await request.arrayBuffer()).byteLength), TEXT);
      case '/large':
        return new FastResponse(large, TEXT);
      case '/stream':
        return new FastResponse(ReadableStream.from(pieces()), TEXT);
      case '/stream-async':
        return new FastResponse(ReadableStream.from(asyncPieces()), TEXT);
      default:
        return new FastResponse('', { status: 404 });
    }
  },
});

await server.ready();
tell(server.node!.server as Server);

/** The reference: the server that Node brings, used as plainly, and as fast, as it can be. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { asyncPieces, FILE, HELLO, LARGE, pieces } from '../payloads.ts';
import { listen } from './listen.ts';

const TEXT = 'text/plain; charset=utf-8';

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function readWhole(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
}

async function stream(
  response: ServerResponse,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': TEXT });
  if (Symbol.iterator in source) {
    for (const piece of source) if (!response.write(piece)) await once(response, 'drain');
  } else {
    for await (const piece of source) if (!response.write(piece)) await once(response, 'drain');
  }
  response.end();
}

async function sendFile(response: ServerResponse): Promise<void> {
  const { size, mtime } = await stat(FILE);
  response.writeHead(200, {
    'Content-Type': TEXT,
    'Content-Length': size,
    'Last-Modified': mtime.toUTCString(),
  });
  createReadStream(FILE).pipe(response);
}

const server = createServer((request, response) => {
  switch (request.url) {
    case '/':
      return send(response, TEXT, HELLO);
    case '/echo':
      return readWhole(request, (body) =>
        send(response, 'application/json', JSON.stringify(JSON.parse(body.toString()))),
      );
    case '/upload':
      return readWhole(request, (body) => send(response, TEXT, String(body.length)));
    case '/large':
      return send(response, TEXT, LARGE);
    case '/stream':
      return void stream(response, pieces());
    case '/stream-async':
      return void stream(response, asyncPieces());
    case '/64-kib.txt':
      return void sendFile(response);
    default:
      response.writeHead(404).end();
  }
});
listen(server);

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Found, PAGE } from '../found.ts';

/** Serves with `node:http`, until the process is told to end. */
export function serveNode(read: (request: IncomingMessage) => Promise<Found>): void {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
      return;
    }
    try {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(await read(request)));
    } catch (error) {
      response.destroy(error as Error);
    }
  });
  server.listen(0, '127.0.0.1', () => {
    console.log(`listening ${(server.address() as AddressInfo).port}`);
  });
  process.once('SIGTERM', () => process.exit(0));
}

/** The reference: the server that Node brings, used as plainly, and as fast, as it can be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = 'Hello World!';

const server = createServer((_request, response) => {
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening ${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));

/**
 * Serves the probe app with all the server's defaults until SIGINT or SIGTERM:
 * `npm run probe -- --port 8080`. With `--server node:http`, Node's own server hosts it.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeServer } from '@werkstatt/serving';
import { nodeHttpServer } from './node-http-server.ts';
import { app } from './probe-app.ts';
import { selfSignedCertificate } from './self-signed.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'), // pnpm hands it on
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    unix: { type: 'string' },
    tls: { type: 'boolean', default: false },
    threaded: { type: 'boolean', default: false },
    processes: { type: 'string', default: '1' },
    server: { type: 'string', default: 'werkstatt' },
  },
});

if (values.threaded || values.processes !== '1') {
  console.error('probe: --threaded and --processes are not available yet');
  process.exit(2);
}

switch (values.server) {
  case 'werkstatt':
    await serveByOurs();
    break;
  case 'node:http':
    await serveByNode();
    break;
  default:
    console.error(`probe: --server is 'werkstatt' or 'node:http', not '${values.server}'`);
    process.exit(2);
}

async function serveByOurs(): Promise<void> {
  const server = makeServer({
    app,
    host: values.unix === undefined ? values.host : `unix://${resolve(values.unix)}`,
    port: Number(values.port),
    ...(values.tls ? { sslContext: selfSignedCertificate() } : {}),
  });
  await server.listen();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.shutdown({ timeout: 2_000 }));
  }
  console.log(`The probe app listens on ${server.url}`);
  await server.serveForever();
}

async function serveByNode(): Promise<void> {
  const server = nodeHttpServer(app).listen(Number(values.port), values.host);
  await once(server, 'listening');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
  const { port } = server.address() as AddressInfo;
  console.log(`The probe app listens on http://${values.host}:${port}`);
  await once(server, 'close');
}

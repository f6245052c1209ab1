/**
 * Serves the probe app with all the server's defaults until SIGINT or SIGTERM:
 * `npm run probe -- --port 8080`.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeServer } from '@werkstatt/serving';
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
  },
});

if (values.threaded || values.processes !== '1') {
  console.error('probe: --threaded and --processes are not available yet');
  process.exit(2);
}

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

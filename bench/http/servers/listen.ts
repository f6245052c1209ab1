import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As long as ours, so that connections which wait are there for all alike. */
const KEEP_ALIVE_TIMEOUT = 65_000;

/** Lets a server of Node's listen and says where. */
export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => tell(server));
}

/** Says where a server listens, to who started the process. */
export function tell(server: Server): void {
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  console.log(`listening ${(server.address() as AddressInfo).port}`);
  process.once('SIGTERM', () => process.exit(0));
}

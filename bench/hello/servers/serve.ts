import type { GatewayApp } from '@werkstatt/core';
import { makeServer } from '@werkstatt/serving';

/** Serves with every limit and timeout at its default, until the process is told to end. */
export async function serve(app: GatewayApp): Promise<void> {
  const server = makeServer({ host: '127.0.0.1', port: 0, app });
  await server.listen();
  console.log(`listening ${server.port}`);
  process.once('SIGTERM', () => process.exit(0));
}

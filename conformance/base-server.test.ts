import { makeServer } from '@werkstatt/serving';
import { addServerTests } from './server-tests.ts';

addServerTests('BaseGatewayServer', async ({ app }, port) => {
  const server = makeServer({ app, host: '127.0.0.1', port });
  server.log = () => {}; // the probe app throws on purpose
  await server.listen();
  return { host: server.host, port: server.port, stop: () => server.shutdown() };
});

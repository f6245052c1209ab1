import { checkArguments } from './running/check-options.ts';
import { BaseGatewayServer } from './servers/base-server.ts';
import type { MakeServerOptions } from './servers/options.ts';

/**
 * Makes a server for an application. It binds nothing yet: `listen()` or `serveForever()` do.
 *
 * ```ts
 * const server = makeServer({ port: 4000, app });
 * await server.serveForever();
 * ```
 *
 * @throws OptionError for an application that is no function, or a host or port that is none.
 */
export function makeServer(options: MakeServerOptions): BaseGatewayServer {
  const { host = 'localhost', port = 0, app } = options;
  checkArguments(host, port, app);
  return new BaseGatewayServer(options);
}

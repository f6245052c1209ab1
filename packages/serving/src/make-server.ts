import { checkServerOptions } from './running/check-options.ts';
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
 * @throws OptionError for an option that is unknown, or has a value that is not allowed.
 */
export function makeServer(options: MakeServerOptions): BaseGatewayServer {
  checkServerOptions(options);
  return new BaseGatewayServer(options);
}

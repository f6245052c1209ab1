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
 * @throws TypeError for an application that is no function, or a port that is none.
 */
export function makeServer(options: MakeServerOptions): BaseGatewayServer {
  const { app, port = 0 } = options;
  if (typeof app !== 'function') {
    throw new TypeError(
      `makeServer: app is ${app === null ? 'null' : `of type ${typeof app}`}; give a gateway app, a function (environ, startResponse).`,
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`makeServer: port is ${String(port)}; give an integer from 0 to 65535.`);
  }
  return new BaseGatewayServer(options);
}

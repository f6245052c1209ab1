import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core/protocol';
import type { AccessRecord } from '../log/access-log.ts';
import { requestErrorText } from '../log/error-text.ts';
import type { BaseGatewayServer, LogLevel } from './base-server.ts';
import type { ClientConnection } from './client-connection.ts';

/**
 * Answers the requests of one connection. Pass a subclass as `requestHandler` to change the
 * environ, the log or the handling of errors; a method that no subclass overrides costs nothing.
 *
 * ```ts
 * class Tagged extends GatewayRequestHandler {
 *   override makeEnviron(environ: Environ): Environ {
 *     environ['myapp.tag'] = crypto.randomUUID();
 *     return environ;
 *   }
 * }
 * makeServer({ app, requestHandler: Tagged });
 * ```
 */
export class GatewayRequestHandler {
  readonly server: BaseGatewayServer;
  readonly #connection: ClientConnection | null;

  /**
   * @param connection `null` for the one handler that a server asks what no connection changes.
   */
  constructor(server: BaseGatewayServer, connection: ClientConnection | null) {
    this.server = server;
    this.#connection = connection;
  }

  /** Ends the connection after the current response when set. */
  get closeConnection(): boolean {
    return this.#connection?.mustClose ?? false;
  }
  set closeConnection(value: boolean) {
    if (this.#connection !== null) this.#connection.closeRequested = value;
  }

  /** The environ the application gets: the server's own, or one made of it by `copyEnviron()`. */
  makeEnviron(environ: Environ): Environ {
    return environ;
  }

  /** Calls the application. */
  runGateway(
    app: GatewayApp,
    environ: Environ,
    startResponse: StartResponse,
  ): Body | Promise<Body> {
    return app(environ, startResponse);
  }

  /** The `Server` field. It names no version: that would only help those who look for old ones. */
  versionString(): string {
    return 'Werkstatt';
  }

  /** The `Date` field (RFC 9110 section 5.6.7). @param timestamp in ms; now by default. */
  dateTimeString(timestamp: number = Date.now()): string {
    return new Date(timestamp).toUTCString();
  }

  /** The client's address as log lines have it; `''` on a Unix socket. */
  addressString(): string {
    return this.#connection?.facts.remoteAddr ?? '';
  }

  /** Writes the access line of one answered request. */
  logRequest(record: AccessRecord): void {
    this.server.writeAccessLine(record);
  }

  /** Logs an application's error, or that of its body. Called once for each. */
  logError(error: unknown, _environ: Environ): void {
    this.log('error', requestErrorText(error));
  }

  log(level: LogLevel, message: string): void {
    this.server.log(level, message);
  }

  /** The client reset the connection, or timed out, while the application or its body ran. */
  connectionDropped(_error: Error, _environ: Environ): void {}
}

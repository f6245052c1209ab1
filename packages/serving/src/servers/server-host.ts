import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core/protocol';
import { DeadlineWheel } from '../http1/deadlines.ts';
import type { Exchange } from '../http1/exchange.ts';
import type { ConnectionHost, HostedConnection } from '../http1/host.ts';
import { type Limits, limitsOf, type Timeouts, timeoutsOf } from '../http1/limits.ts';
import type { Refusal } from '../http1/refusals.ts';
import type { AccessRecord } from '../log/access-log.ts';
import { Monitor } from '../monitoring/monitor.ts';
import type { BaseGatewayServer } from './base-server.ts';
import { accessLogOf, type MakeServerOptions } from './options.ts';
import { GatewayRequestHandler } from './request-handler.ts';

/** The hooks of a handler that are only called where a subclass overrides them. */
type Hook = 'makeEnviron' | 'runGateway';

/** Stands between a server's connections and what a user may override: handler, log, errors. */
export class ServerHost implements ConnectionHost {
  app: GatewayApp;
  closing = false;
  dateLine = '';
  readonly limits: Limits;
  readonly timeouts: Timeouts;
  readonly deadlines: DeadlineWheel = new DeadlineWheel();
  readonly connections: Set<HostedConnection> = new Set();
  readonly monitor: Monitor;
  readonly serverLine: string;
  readonly passthroughErrors: boolean;
  readonly prepareEnviron: ConnectionHost['prepareEnviron'];
  readonly runGateway: ConnectionHost['runGateway'];
  responded: ConnectionHost['responded'];
  /** Called when a connection has gone. */
  onClosed: () => void = () => {};

  readonly #server: BaseGatewayServer;
  readonly #fail: (error: unknown) => void;
  readonly #handlerClass: typeof GatewayRequestHandler;
  readonly #common: GatewayRequestHandler;
  readonly #logged: boolean;
  #answerWatcher: ((connection: HostedConnection) => void) | null = null;

  /** @param fail ends the server because of an error. */
  constructor(
    server: BaseGatewayServer,
    options: MakeServerOptions,
    fail: (error: unknown) => void,
  ) {
    this.#server = server;
    this.#fail = fail;
    this.monitor = new Monitor(server, this.connections);
    this.app = options.app;
    this.limits = limitsOf(options.limits);
    this.timeouts = timeoutsOf(options.timeouts);
    this.passthroughErrors = options.passthroughErrors ?? false;
    this.#handlerClass = options.requestHandler ?? GatewayRequestHandler;
    this.#common = new this.#handlerClass(server, null);
    this.serverLine = `Server: ${this.#common.versionString()}\r\n`;
    this.#logged = accessLogOf(options) !== false || this.#overrides('logRequest');
    this.prepareEnviron = this.#overrides('makeEnviron') ? this.#prepareEnviron : null;
    this.runGateway = this.#overrides('runGateway') ? this.#runGateway : null;
    this.responded = this.#logged ? this.#tellResponse : null;
    this.tick();
  }

  /** A second has passed. */
  tick(): void {
    this.dateLine = `Date: ${this.#common.dateTimeString()}\r\n`;
    this.deadlines.tick();
    this.monitor.tick();
  }

  /** A connection will be answered. */
  opened(connection: HostedConnection): void {
    this.connections.add(connection);
    this.monitor.opened(connection);
  }

  refused(connection: HostedConnection, refusal: Refusal): void {
    if (this.#logged) {
      const { remoteAddr } = connection.facts;
      this.#server.log('info', `${remoteAddr} - refused: ${refusal.status}: ${refusal.detail}`);
    }
    this.monitor.refusedRequest(connection, refusal);
    this.#answerWatcher?.(connection);
  }

  failed(connection: HostedConnection, error: unknown, environ: Environ): void {
    if (this.passthroughErrors) this.#fail(error);
    else this.#guarded(connection, (handler) => handler.logError(error, environ));
  }

  dropped(connection: HostedConnection, error: Error, environ: Environ): void {
    this.#guarded(connection, (handler) => handler.connectionDropped(error, environ));
  }

  closed(connection: HostedConnection): void {
    this.connections.delete(connection);
    this.monitor.closed(connection);
    this.onClosed();
  }

  /** Tells `watcher` of every answer, those to refused requests included; `null` ends it. */
  watchAnswers(watcher: ((connection: HostedConnection) => void) | null): void {
    this.#answerWatcher = watcher;
    this.responded = this.#logged || watcher !== null ? this.#tellResponse : null;
  }

  #overrides(method: Hook | 'logRequest'): boolean {
    return this.#handlerClass.prototype[method] !== GatewayRequestHandler.prototype[method];
  }

  #handlerOf(connection: HostedConnection): GatewayRequestHandler {
    connection.handler ??= new this.#handlerClass(this.#server, connection);
    return connection.handler as GatewayRequestHandler;
  }

  /** Calls a hook that a user wrote: what it throws ends neither the request nor the process. */
  #guarded(connection: HostedConnection, call: (handler: GatewayRequestHandler) => void): void {
    try {
      call(this.#handlerOf(connection));
    } catch (error) {
      const { remoteAddr, remotePort } = connection.facts;
      this.#server.handleError(error, { host: remoteAddr, port: Number(remotePort) });
    }
  }

  readonly #prepareEnviron = (connection: HostedConnection, environ: Environ): Environ =>
    this.#handlerOf(connection).makeEnviron(environ);

  readonly #runGateway = (
    connection: HostedConnection,
    environ: Environ,
    startResponse: StartResponse,
  ): Body | Promise<Body> =>
    this.#handlerOf(connection).runGateway(this.app, environ, startResponse);

  readonly #tellResponse = (connection: HostedConnection, exchange: Exchange): void => {
    if (this.#logged) {
      this.#guarded(connection, (handler) => this.#logResponse(handler, exchange));
    }
    this.#answerWatcher?.(connection);
  };

  #logResponse(handler: GatewayRequestHandler, exchange: Exchange): void {
    const { environ } = exchange;
    const record: AccessRecord = {
      remoteAddr: handler.addressString(),
      time: exchange.startTime,
      method: environ.REQUEST_METHOD,
      target: environ.REQUEST_URI,
      protocol: environ.SERVER_PROTOCOL,
      status: exchange.statusCode,
      bytes: exchange.sent,
      duration: exchange.duration,
      referrer: environ.HTTP_REFERER,
      userAgent: environ.HTTP_USER_AGENT,
      environ,
      responseHeaders: exchange.responseHeaders,
    };
    handler.logRequest(record);
  }
}

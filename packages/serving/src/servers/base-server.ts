import type net from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ErrorStream, GatewayApp } from '@werkstatt/core/protocol';
import { Connection } from '../http1/connection.ts';
import { TICK } from '../http1/deadlines.ts';
import type { ConnectionFacts } from '../http1/environ.ts';
import { LONGEST_TIME } from '../http1/limits.ts';
import { refusalMessage, TOO_MANY_CONNECTIONS } from '../http1/refusals.ts';
import type { AccessRecord } from '../log/access-log.ts';
import { AccessLog } from '../log/access-log-writer.ts';
import { errorText } from '../log/error-text.ts';
import { escapeBlock } from '../log/escape.ts';
import { type LogWriter, logWriterOf } from '../log/log-writer.ts';
import type { ServerStats } from '../monitoring/server-stats.ts';
import { TrustedPeers } from '../proxy/trusted-peers.ts';
import { OptionError } from '../running/option-errors.ts';
import { serverNameOf, unixPath, urlOf } from './addresses.ts';
import type { ClientConnection } from './client-connection.ts';
import { Listeners, type ListenersOptions } from './listeners.ts';
import { accessLogOf, type MakeServerOptions } from './options.ts';
import { ServerHost } from './server-host.ts';
import { Turns } from './turns.ts';

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** A client, as the hooks of a server see it; `''` and 0 on a Unix socket. */
export interface ClientAddress {
  readonly host: string;
  readonly port: number;
}

export interface ShutdownOptions {
  /**
   * Milliseconds that running requests get; then they are cut. `Infinity` is about 24 days.
   *
   * @default 10_000
   */
  timeout?: number;
}

/** Idle connections get this long, in ms, to show that a request is on its way already. */
const IDLE_GRACE = 100;
/** Why a connection is closed that `verifyRequest()` does not want. */
const NOT_VERIFIED = { code: 'NOT_VERIFIED', status: '', detail: 'verifyRequest() said no.' };
/** How often `serviceActions()` is called, in ms. */
const POLL_INTERVAL = 500;

/**
 * Serves a gateway application over HTTP/1.1, and HTTP/2 where asked to, in one thread: requests interleave where the
 * application awaits. `makeServer` makes one; a subclass overrides the hooks below.
 */
export class BaseGatewayServer {
  /** The backlog of `listen(2)` where no option says otherwise. */
  static requestQueueSize = 511;

  readonly multithread: boolean = false;
  readonly multiprocess: boolean = false;
  readonly host: string;
  readonly serverName: string;
  readonly requestQueueSize: number;

  readonly #options: MakeServerOptions;
  readonly #host: ServerHost;
  readonly #log: LogWriter = logWriterOf();
  readonly #accessLog: AccessLog;
  readonly #listeners: Listeners;
  readonly #turns: Turns = new Turns((socket) => this.#accept(socket));
  // Loaded when the server starts, where it is asked for.
  #http2: typeof import('../http2/http2-connection.ts') | null = null;
  #listening: Promise<void> | null = null;
  #clock: NodeJS.Timeout | undefined;
  readonly #ended: PromiseWithResolvers<void> = Promise.withResolvers();
  #failure: { readonly error: unknown } | null = null;

  constructor(options: MakeServerOptions) {
    this.#options = options;
    this.host = options.host ?? 'localhost';
    this.serverName = serverNameOf(this.host);
    this.requestQueueSize =
      options.requestQueueSize ?? (this.constructor as typeof BaseGatewayServer).requestQueueSize;
    this.#accessLog = new AccessLog(accessLogOf(options), options.accessLogTo);
    this.#host = new ServerHost(this, options, (error) => this.#failWith(error));
    this.#listeners = new Listeners({
      host: this.host,
      port: options.port ?? 0,
      fd: options.fd,
      backlog: this.requestQueueSize,
      mode: options.unixSocketMode,
      sslContext: options.sslContext,
      http2: options.http2 ?? false,
      handshakeTimeout: this.#host.timeouts.headerTimeout,
      lingerTimeout: this.#host.timeouts.lingerTimeout,
      maxHandshakes: this.#host.limits.maxConnections,
      proxies: this.#proxies(options),
      connected: (socket) => this.#turns.connected(socket),
      failed: (error) => this.handleError(error, null),
      closed: () => this.#endIfDone(),
    });
  }

  /** The port in use; once the server listens never 0. 0 for a Unix socket. */
  get port(): number {
    return this.#listeners.port;
  }

  /** The first listening socket, once there is one. */
  get socket(): net.Server | undefined {
    return this.#listeners.first;
  }

  /** `'IPv4'`, `'IPv6'` or `'unix'`; `undefined` before the server listens. */
  get addressFamily(): string | undefined {
    const address = this.socket?.address();
    if (address === null || address === undefined) return undefined;
    return typeof address === 'string' ? 'unix' : address.family;
  }

  /** What is bound: `localhost:4000`, or the path of a Unix socket. */
  get address(): string {
    const address = unixPath(this.host) ?? urlOf('http', this.host, this.port).slice(7);
    return this.port === 80 ? `${address}:80` : address;
  }

  /** The address to open: `http://localhost:4000`. */
  get url(): string {
    return urlOf(this.#scheme, this.host, this.port);
  }

  get #scheme(): 'http' | 'https' {
    return this.#options.sslContext === undefined ? 'http' : 'https';
  }

  /** Replaces the application for the requests that come from now on. */
  setApp(app: GatewayApp): void {
    this.#host.app = app;
  }

  /** What the server has done so far, as numbers. */
  stats(): ServerStats {
    return this.#host.monitor.stats();
  }

  // ---- starting

  /**
   * Binds and begins to answer.
   *
   * @throws the system's error: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND …
   */
  listen(): Promise<void> {
    this.#listening ??= this.#start();
    return this.#listening;
  }

  async #start(): Promise<void> {
    try {
      this.#accessLog.open();
      if (this.#options.http2) this.#http2 = await import('../http2/http2-connection.ts');
      await this.#listeners.bind();
    } catch (error) {
      this.#accessLog.close();
      this.#listening = null;
      throw error;
    }
    this.#host.tick();
    this.#host.monitor.start();
    this.#clock = setInterval(() => this.#host.tick(), TICK).unref();
    this.#host.onClosed = () => this.#endIfDone();
  }

  /**
   * Serves until `shutdown()` or `close()`; listens first where nobody has.
   *
   * @throws the application's error, with `passthroughErrors`.
   */
  async serveForever(): Promise<void> {
    await this.listen();
    this.#turns.open();
    const polls = this.serviceActions !== BaseGatewayServer.prototype.serviceActions;
    const timer = polls ? setInterval(() => this.#poll(), POLL_INTERVAL) : undefined;
    try {
      await this.#ended.promise;
    } finally {
      clearInterval(timer);
    }
    if (this.#failure !== null) throw this.#failure.error;
  }

  /**
   * Answers one request, the next one to come, and returns. Between two calls, connections wait;
   * after `listen()` or `serveForever()` it just waits for one answer more.
   */
  async handleRequest(): Promise<void> {
    if (this.#listening === null) this.#turns.begin();
    await this.listen();
    this.#host.watchAnswers((connection) => {
      if (!this.#turns.taken(connection)) this.#host.watchAnswers(null);
    });
    await Promise.race([this.#turns.give(), this.#ended.promise]);
  }

  /**
   * Reads the files of certificates and keys again. Connections that come from now on get the new
   * ones; those that are open go on. A file that can't be used is logged, and all stay as they were.
   *
   * @returns whether new ones are in use; `true` too where there is nothing to read.
   */
  reloadCertificates(): boolean {
    try {
      this.#listeners.reloadCertificates();
      return true;
    } catch (error) {
      this.log('error', `Certificates were not reloaded: ${errorText(error)}`);
      return false;
    }
  }

  // ---- connections

  #proxies(options: MakeServerOptions): ListenersOptions['proxies'] {
    if (options.proxyProtocol === undefined) return undefined;
    const trusted = new TrustedPeers(options.proxyProtocol.trusted);
    if (trusted.unix && options.sslContext !== undefined) {
      throw new OptionError(
        "The options 'proxyProtocol' and 'sslContext' don't go together for peers of a Unix socket: " +
          "leave out 'unix', or have the proxy take the TLS off.",
      );
    }
    return {
      trusted,
      deadlines: this.#host.deadlines,
      refused: (peer, why) => {
        const code = 'PROXY_PROTOCOL';
        this.#host.monitor.refusedConnection(peer, { code, status: '', detail: why });
        this.log('warning', `${peer.host || 'A peer'} - refused: PROXY protocol: ${why}`);
      },
    };
  }

  #accept(socket: net.Socket): ClientConnection | undefined {
    const { gate } = this.#listeners;
    const address =
      gate === null
        ? { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
        : gate.clientOf(socket);
    if (address === null) {
      socket.destroy();
      return undefined;
    }
    try {
      if (!this.verifyRequest(socket, address)) {
        this.#host.monitor.refusedConnection(address, NOT_VERIFIED);
        this.shutdownRequest(socket);
        return undefined;
      }
      return this.processRequest(socket, address);
    } catch (error) {
      this.handleError(error, address);
      this.shutdownRequest(socket);
      return undefined;
    }
  }

  /** Whether to answer a client at all; `false` closes its connection unanswered. */
  verifyRequest(_socket: net.Socket, _address: ClientAddress): boolean {
    return true;
  }

  /** Takes a verified connection on. */
  processRequest(socket: net.Socket, address: ClientAddress): ClientConnection | undefined {
    return this.finishRequest(socket, address);
  }

  /** Begins to read a connection's requests. */
  finishRequest(socket: net.Socket, address: ClientAddress): ClientConnection | undefined {
    const host = this.#host;
    const withHttp2 = (socket as TLSSocket).alpnProtocol === 'h2' ? this.#http2 : null;
    if (host.connections.size >= host.limits.maxConnections) {
      host.monitor.refusedConnection(address, TOO_MANY_CONNECTIONS);
      // Where HTTP/2 was settled on, no answer fits here.
      if (withHttp2 !== null) socket.destroy();
      else refuseConnection(socket, host);
      return undefined;
    }
    const ConnectionClass = withHttp2?.Http2Connection ?? Connection;
    const connection = new ConnectionClass(host, socket, this.#factsOf(socket, address));
    host.opened(connection);
    return connection;
  }

  /** Closes a connection that is not answered. */
  shutdownRequest(socket: net.Socket): void {
    socket.destroy();
  }

  #poll(): void {
    try {
      this.serviceActions();
    } catch (error) {
      this.#failWith(error);
    }
  }

  /**
   * Called every 500 ms while `serveForever()` runs, where a subclass overrides it. An error in it
   * ends the server: `serveForever()` rejects with it.
   */
  serviceActions(): void {}

  /**
   * A hook failed, or a listening socket did (too many open files, say): logs it and goes on.
   *
   * @param address the client's, if the error is one client's.
   */
  handleError(error: unknown, address: ClientAddress | null): void {
    const whose = address === null ? 'Error while accepting' : `Error with ${address.host}`;
    this.log('error', `${whose}: ${errorText(error)}`);
  }

  #factsOf(socket: net.Socket, address: ClientAddress): ConnectionFacts {
    const unix = unixPath(this.host) !== undefined;
    return {
      serverName: this.serverName,
      serverPort: unix ? '' : String(this.port),
      remoteAddr: address.host,
      remotePort: address.port === 0 ? '' : String(address.port),
      scheme: this.#scheme,
      clientCertificate: clientCertificate(socket),
      multithread: this.multithread,
      multiprocess: this.multiprocess,
      errors: this.#errors,
    };
  }

  // ---- log

  /**
   * Writes a line to the log, on standard error.
   *
   * @param level for a subclass that sends lines elsewhere; here every line is written.
   */
  log(_level: LogLevel, message: string): void {
    this.#log.write(message);
  }

  /** Writes the line of one answered request, in the format of the option `accessLog`. */
  writeAccessLine(record: AccessRecord): void {
    this.#accessLog.write(record);
  }

  readonly #errors: ErrorStream = {
    write: (text) => this.#log.write(escapeBlock(text.replace(/\n$/, ''))),
    flush: () => this.#log.flush(),
  };

  // ---- the end

  /**
   * Ends the server without harm: no new connection, idle ones end, running requests are finished,
   * their answers say `Connection: close`; what still runs at the timeout is cut.
   */
  async shutdown({ timeout = 10_000 }: ShutdownOptions = {}): Promise<void> {
    if (this.#listening === null) return;
    await this.#listening.catch(() => {});
    const { connections } = this.#host;
    this.#host.closing = true;
    this.#listeners.close();
    this.#turns.close();
    const endIdle = (): void => {
      for (const connection of connections) connection.endIfIdle();
    };
    const grace = setTimeout(endIdle, Math.min(IDLE_GRACE, timeout));
    const cut = setTimeout(() => this.#cutAll(), Math.min(timeout, LONGEST_TIME));
    this.#endIfDone();
    await this.#ended.promise;
    clearTimeout(grace);
    clearTimeout(cut);
  }

  /** Ends the server at once: running requests are cut. */
  async close(): Promise<void> {
    await this.shutdown({ timeout: 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  /** Ends the server because of an error, with which `serveForever()` then rejects. */
  #failWith(error: unknown): void {
    this.#failure ??= { error };
    void this.close();
  }

  #cutAll(): void {
    for (const { socket } of this.#host.connections) socket.destroy();
  }

  #endIfDone(): void {
    if (!this.#host.closing || this.#host.connections.size > 0) return;
    if (this.#listeners.listening) return;
    this.#listeners.endHandshakes();
    clearInterval(this.#clock);
    this.#accessLog.close();
    this.#ended.resolve();
  }
}

/** Answers a client that is one too many. */
function refuseConnection(socket: net.Socket, host: ServerHost): void {
  socket.on('error', () => {});
  const generalFields = host.dateLine + host.serverLine;
  socket.end(refusalMessage(TOO_MANY_CONNECTIONS, generalFields, true), 'latin1', () =>
    socket.destroy(),
  );
}

/** The client's certificate as PEM (`SSL_CLIENT_CERT`), if TLS has asked for it and verified it. */
function clientCertificate(socket: net.Socket): string | undefined {
  if (!('getPeerCertificate' in socket) || !(socket as TLSSocket).authorized) return undefined;
  const { raw } = (socket as TLSSocket).getPeerCertificate() as { raw?: Buffer };
  if (raw === undefined) return undefined;
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

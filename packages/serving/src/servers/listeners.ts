import net from 'node:net';
import { type BindTarget, bindTargets } from './addresses.ts';
import { bind } from './listen.ts';
import type { SslContext } from './options.ts';

/** How often a free port is looked for that all addresses of a host have. */
const BIND_TRIES = 20;

/** What the listening sockets of a server are made from. */
export interface ListenersOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly fd: number | undefined;
  readonly backlog: number;
  readonly sslContext: SslContext | undefined;
  /** For a TLS handshake, in ms. */
  readonly handshakeTimeout: number;
  /** A client is here; over TLS after its handshake. */
  connected(socket: net.Socket): void;
  /** Accepting failed for once. */
  failed(error: Error): void;
  /** One of the sockets has stopped listening. */
  closed(): void;
}

/** The listening sockets of one server: most hosts have one, `localhost` has one per family. */
export class Listeners {
  /** The port in use once bound. */
  port: number;
  readonly #options: ListenersOptions;
  #servers: net.Server[] = [];
  // Below TLS, from before the handshake on.
  readonly #transports: Set<net.Socket> = new Set();

  constructor(options: ListenersOptions) {
    this.#options = options;
    this.port = options.port;
  }

  get first(): net.Server | undefined {
    return this.#servers[0];
  }

  get listening(): boolean {
    return this.#servers.some((server) => server.listening);
  }

  /**
   * Binds every address of the host.
   *
   * @throws the system's error, when one can't be bound; then none is.
   */
  async bind(): Promise<void> {
    const targets = await bindTargets(this.#options.host, this.#options.fd);
    for (let tries = 1; ; tries++) {
      try {
        return await this.#bindEach(targets);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const searching = this.#servers.length > 0 && this.#options.port === 0;
        this.close();
        this.#servers = [];
        // The free port of the first address need not be free on the second one.
        if (!searching || code !== 'EADDRINUSE' || tries >= BIND_TRIES) throw error;
      }
    }
  }

  async #bindEach(targets: readonly BindTarget[]): Promise<void> {
    const { backlog, port, failed, closed } = this.#options;
    this.port = port;
    for (const target of targets) {
      const server = await this.#makeServer();
      if (!(await bind(server, target, this.port, backlog))) continue;
      this.#servers.push(server);
      const address = server.address();
      this.port = typeof address === 'object' && address !== null ? address.port : 0;
      server.on('error', failed);
      server.on('close', closed);
    }
  }

  async #makeServer(): Promise<net.Server> {
    const { sslContext, handshakeTimeout, connected } = this.#options;
    const options = { allowHalfOpen: true, noDelay: true };
    if (sslContext === undefined) return net.createServer(options, connected);
    const [tls, { tlsOptions }] = await Promise.all([import('node:tls'), import('./tls.ts')]);
    const server = tls.createServer(
      { ...tlsOptions(sslContext), ...options, handshakeTimeout },
      connected,
    );
    // A client that speaks no TLS, or breaks off, is its own affair.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.on('connection', (socket: net.Socket) => {
      this.#transports.add(socket);
      socket.once('close', () => this.#transports.delete(socket));
    });
    return server;
  }

  /** Accepts nobody any more. */
  close(): void {
    for (const server of this.#servers) if (server.listening) server.close();
  }

  /** Ends the handshakes that have not come to their end. */
  endHandshakes(): void {
    for (const transport of this.#transports) transport.destroy();
  }
}

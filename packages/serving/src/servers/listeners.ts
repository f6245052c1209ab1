import net from 'node:net';
import type { ProxyGate, ProxyGateOptions } from '../proxy/proxy-gate.ts';
import type { SslContext } from '../tls/ssl-context.ts';
import type { TlsAcceptor } from '../tls/tls-acceptor.ts';
import { type BindTarget, bindTargets } from './addresses.ts';
import { bind } from './listen.ts';

/** How often a free port is looked for that all addresses of a host have. */
const BIND_TRIES = 20;

const SOCKET_OPTIONS = { allowHalfOpen: true, noDelay: true };

/** What the listening sockets of a server are made from. */
export interface ListenersOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly fd: number | undefined;
  readonly backlog: number;
  /** The rights of a Unix socket's file; what the umask leaves by default. */
  readonly mode: number | undefined;
  readonly sslContext: SslContext | 'adhoc' | undefined;
  /** Offer HTTP/2 to clients of TLS. */
  readonly http2: boolean;
  /** For a client's first octet, and for its TLS handshake, in ms. */
  readonly handshakeTimeout: number;
  /** For what a client still sends that was refused for want of TLS, in ms. */
  readonly lingerTimeout: number;
  /** TLS handshakes that may run at once. */
  readonly maxHandshakes: number;
  /** For the PROXY protocol; without it no header of it is looked for. */
  readonly proxies: Pick<ProxyGateOptions, 'trusted' | 'deadlines' | 'refused'> | undefined;
  /** A client is here; over TLS after its handshake. */
  connected(socket: net.Socket): void;
  /** Accepting failed for once, or the user's `sniCallback` did. */
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
  #tls: TlsAcceptor | null = null;
  #gate: ProxyGate | null = null;

  constructor(options: ListenersOptions) {
    this.#options = options;
    this.port = options.port;
  }

  get first(): net.Server | undefined {
    return this.#servers[0];
  }

  /** What is known of clients behind proxies, if headers of theirs are looked for. */
  get gate(): ProxyGate | null {
    return this.#gate;
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
    const { sslContext } = this.#options;
    if (sslContext !== undefined) this.#tls ??= await this.#makeAcceptor(sslContext);
    if (this.#options.proxies !== undefined) {
      this.#gate ??= await this.#makeGate(this.#options.proxies);
    }
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
    const { backlog, mode, port, failed, closed } = this.#options;
    this.port = port;
    const accept = this.#gate?.accept ?? this.#tls?.accept ?? this.#options.connected;
    for (const target of targets) {
      const server = net.createServer(SOCKET_OPTIONS, accept);
      if (!(await bind(server, target, this.port, backlog, mode))) continue;
      this.#servers.push(server);
      const address = server.address();
      this.port = typeof address === 'object' && address !== null ? address.port : 0;
      server.on('error', failed);
      server.on('close', closed);
    }
  }

  async #makeAcceptor(sslContext: SslContext | 'adhoc'): Promise<TlsAcceptor> {
    const [tls, { TlsAcceptor }] = await Promise.all([
      import('node:tls'),
      import('../tls/tls-acceptor.ts'),
    ]);
    const context = sslContext === 'adhoc' ? await adhocContext() : sslContext;
    return new TlsAcceptor(tls, { ...this.#options, context });
  }

  async #makeGate(proxies: NonNullable<ListenersOptions['proxies']>): Promise<ProxyGate> {
    const [{ ProxyGate }, { parseProxyProtocol }] = await Promise.all([
      import('../proxy/proxy-gate.ts'),
      import('@werkstatt/core'),
    ]);
    const { connected, handshakeTimeout, maxHandshakes } = this.#options;
    return new ProxyGate({
      ...proxies,
      parse: parseProxyProtocol,
      timeout: handshakeTimeout,
      maxWaiting: maxHandshakes,
      proceed: this.#tls?.accept ?? connected,
    });
  }

  /**
   * Reads the files of certificates and keys again, for new connections; without TLS, nothing.
   *
   * @throws OptionError when one can't be used; then all stay as they were.
   */
  reloadCertificates(): void {
    this.#tls?.reload();
  }

  /** Accepts nobody any more. */
  close(): void {
    for (const server of this.#servers) if (server.listening) server.close();
  }

  /** Ends the handshakes that have not come to their end, and what comes before them. */
  endHandshakes(): void {
    this.#gate?.close();
    this.#tls?.close();
  }
}

async function adhocContext(): Promise<SslContext> {
  const { keptCertificate } = await import('../tls/kept-certificate.ts');
  return keptCertificate();
}

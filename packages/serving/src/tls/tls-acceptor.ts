import type { Socket } from 'node:net';
import type { Server, TLSSocket, TlsOptions } from 'node:tls';
import { LONGEST_TIME } from '../http1/limits.ts';
import { PLAIN_HTTP, refusalMessage } from '../http1/refusals.ts';
import { Certificates } from './certificates.ts';
import { lookAtFirstOctet } from './first-octet.ts';
import type { SslContext } from './ssl-context.ts';

/** What a `TlsAcceptor` is made from. */
export interface TlsAcceptorOptions {
  readonly context: SslContext;
  /** Offer HTTP/2 by ALPN, before HTTP/1.1 (RFC 7301). */
  readonly http2: boolean;
  /** For a client's first octet, and again for its handshake, in ms. */
  readonly handshakeTimeout: number;
  /** For what a client without TLS still sends after it was told so, in ms. */
  readonly lingerTimeout: number;
  /** Handshakes that may run at once. */
  readonly maxHandshakes: number;
  /** A handshake has succeeded. */
  connected(socket: TLSSocket): void;
  /** A function of the user's failed. */
  failed(error: Error): void;
}

/** Brings connections from their first octet to the end of their TLS handshake. */
export class TlsAcceptor {
  readonly #options: TlsAcceptorOptions;
  readonly #certificates: Certificates;
  readonly #server: Server;
  // From before the first octet on, until they close; those under TLS as well.
  readonly #transports: Set<Socket> = new Set();
  readonly #handshakeTimeout: number;
  #established = 0;

  /** @throws OptionError for certificates that can't be used. */
  constructor(tls: typeof import('node:tls'), options: TlsAcceptorOptions) {
    const { context, failed } = options;
    this.#options = options;
    this.#handshakeTimeout = timerDelay(options.handshakeTimeout);
    this.#certificates = new Certificates(context, tls.createSecureContext, failed);
    this.#server = tls.createServer(this.#tlsOptions());
    this.#server.on('secureConnection', (socket) => this.#secured(socket));
    // A client that breaks off, or speaks something else, is its own affair.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  #tlsOptions(): TlsOptions {
    const { context, http2 } = this.#options;
    const { requestCert, rejectUnauthorized } = context;
    return {
      ...this.#certificates.options,
      ...(requestCert !== undefined && { requestCert }),
      ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      ...(this.#certificates.named && { SNICallback: this.#certificates.answer }),
      ALPNProtocols: http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      handshakeTimeout: this.#handshakeTimeout,
      noDelay: true,
    };
  }

  /** Takes a new connection on. */
  readonly accept = (socket: Socket): void => {
    const { maxHandshakes } = this.#options;
    if (this.#transports.size - this.#established >= maxHandshakes) {
      socket.destroy();
      return;
    }
    this.#transports.add(socket);
    socket.once('close', () => this.#transports.delete(socket));
    lookAtFirstOctet(socket, this.#handshakeTimeout, (beginning) => {
      if (beginning === 'tls') {
        // Who ends its side within the handshake is gone; afterwards it may still want its answer.
        socket.allowHalfOpen = false;
        this.#server.emit('connection', socket);
      } else if (beginning === 'http') this.#answerPlainly(socket);
      else socket.destroy();
    });
  };

  #secured(socket: TLSSocket): void {
    this.#established++;
    socket.allowHalfOpen = true;
    // A client that renegotiates again and again (TLS 1.2) is told of by an error alone.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#established--;
    });
    this.#options.connected(socket);
  }

  /** Tells a client that speaks HTTP without TLS what it did wrong. */
  #answerPlainly(socket: Socket): void {
    socket.on('error', () => {});
    socket.on('timeout', () => socket.destroy());
    socket.setTimeout(this.#handshakeTimeout);
    socket.end(refusalMessage(PLAIN_HTTP, '', true), 'latin1');
    setTimeout(() => socket.destroy(), timerDelay(this.#options.lingerTimeout)).unref();
    socket.resume();
  }

  /**
   * Reads the certificates again, for the handshakes that begin from now on.
   *
   * @throws OptionError when they can't be used; then those before stay in use.
   */
  reload(): void {
    this.#certificates.reload();
    this.#server.setSecureContext(this.#certificates.options);
  }

  /** Ends what has not come to the end of its handshake, and what is left below TLS. */
  close(): void {
    for (const socket of this.#transports) socket.destroy();
  }
}

/** A time as Node's timers take it: `Infinity` is about 24 days. */
function timerDelay(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 1), LONGEST_TIME);
}

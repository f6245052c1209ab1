import type net from 'node:net';
import type { parseProxyProtocol } from '@werkstatt/core';
import type { DeadlineWheel } from '../http1/deadlines.ts';
import { ProxiedConnection } from './proxied-connection.ts';
import type { TrustedPeers } from './trusted-peers.ts';

/** A client, as a server's hooks see it; `''` and 0 where it has no address. */
export interface PeerAddress {
  readonly host: string;
  readonly port: number;
}

/** What a `ProxyGate` is made from. */
export interface ProxyGateOptions {
  readonly trusted: TrustedPeers;
  /** For the whole header, in ms. */
  readonly timeout: number;
  /** Headers that may be waited for at once. */
  readonly maxWaiting: number;
  readonly deadlines: DeadlineWheel;
  readonly parse: typeof parseProxyProtocol;
  /** A connection may go on, to TLS or to its first request. */
  proceed(socket: net.Socket): void;
  /** A trusted peer did not do what it must; its connection has been closed. */
  refused(peer: PeerAddress, why: string): void;
}

/**
 * Reads the PROXY protocol's header from the peers that are trusted to send one, before anything
 * else of their connections, TLS included. They have to: a connection of theirs without a header, or
 * with a malformed one, is closed without an answer, as the protocol asks. A header of any other peer
 * is nothing special, and so no request.
 */
export class ProxyGate {
  readonly #options: ProxyGateOptions;
  readonly #waiting: Set<ProxiedConnection> = new Set();
  // Over TLS there is no way from a socket to the one below it but their addresses.
  readonly #clients: WeakMap<net.Socket, PeerAddress> = new WeakMap();
  readonly #clientsByPath: Map<string, PeerAddress> = new Map();

  constructor(options: ProxyGateOptions) {
    this.#options = options;
  }

  /** Takes a new connection on. */
  readonly accept = (socket: net.Socket): void => {
    const { proceed, maxWaiting } = this.#options;
    if (!this.#isTrusted(socket)) {
      proceed(socket);
      return;
    }
    if (this.#waiting.size >= maxWaiting) {
      socket.destroy();
      return;
    }
    const { parse, deadlines, timeout, refused } = this.#options;
    const peer = peerOf(socket);
    const connection = new ProxiedConnection(socket, parse, {
      passed: (source) => {
        this.#remember(socket, source ?? peer);
        proceed(socket);
      },
      refused: (why) => refused(peer, why),
      gone: () => {
        deadlines.remove(connection);
        this.#waiting.delete(connection);
      },
    });
    this.#waiting.add(connection);
    connection.deadline = deadlines.after(timeout);
    deadlines.schedule(connection);
  };

  /**
   * Who is at the other end of a connection: whom its header names, or its own peer. `null` when a
   * trusted peer's header is not known, so that the connection must not go on.
   *
   * @param socket one that went through `accept`, or the TLS socket over it.
   */
  clientOf(socket: net.Socket): PeerAddress | null {
    const known = this.#clients.get(socket) ?? this.#clientsByPath.get(pathOf(socket) ?? '');
    if (known !== undefined) return known;
    return this.#isTrusted(socket) ? null : peerOf(socket);
  }

  /** Closes the connections whose headers have not come. */
  close(): void {
    for (const { socket } of this.#waiting) socket.destroy();
  }

  #isTrusted({ remoteAddress }: net.Socket): boolean {
    const { trusted } = this.#options;
    return remoteAddress === undefined ? trusted.unix : trusted.has(remoteAddress);
  }

  #remember(socket: net.Socket, client: PeerAddress): void {
    this.#clients.set(socket, client);
    const path = pathOf(socket);
    if (path === undefined) return;
    this.#clientsByPath.set(path, client);
    socket.once('close', () => {
      if (this.#clientsByPath.get(path) === client) this.#clientsByPath.delete(path);
    });
  }
}

function peerOf({ remoteAddress = '', remotePort = 0 }: net.Socket): PeerAddress {
  return { host: remoteAddress, port: remotePort };
}

/** Both ends of a TCP connection: no two open ones have the same. */
function pathOf(socket: net.Socket): string | undefined {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (remoteAddress === undefined || localAddress === undefined) return undefined;
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}

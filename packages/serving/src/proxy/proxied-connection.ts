import net from 'node:net';
import type { ProxyHeader, parseProxyProtocol } from '@werkstatt/core';
import type { Timed } from '../http1/deadlines.ts';
import type { PeerAddress } from './proxy-gate.ts';

/**
 * The longest header. Addresses take 232 octets at most; what else version 2 may carry, such as a
 * client's certificate, is read past. Without a limit a proxy's mistake would cost 64 KiB for each
 * connection.
 */
export const MAX_PROXY_HEADER = 8_192;

/** What becomes of a connection whose header is waited for. */
export interface ProxiedConnectionEvents {
  /** The header is complete. @param source `null` when the proxy speaks for itself. */
  passed(source: PeerAddress | null): void;
  /** There is none, or it is malformed; the connection has been closed. */
  refused(why: string): void;
  /** The header is not waited for any more. Called first, and once. */
  gone(): void;
}

/** A connection of a trusted peer, until its PROXY protocol header is complete. */
export class ProxiedConnection implements Timed {
  readonly socket: net.Socket;
  deadline: number = Number.POSITIVE_INFINITY;
  slot = -1;
  next: Timed | null = null;
  previous: Timed | null = null;

  readonly #parse: typeof parseProxyProtocol;
  readonly #events: ProxiedConnectionEvents;
  // Made when a header comes in parts.
  #octets: Buffer | null = null;
  #length = 0;

  constructor(
    socket: net.Socket,
    parse: typeof parseProxyProtocol,
    events: ProxiedConnectionEvents,
  ) {
    this.socket = socket;
    this.#parse = parse;
    this.#events = events;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', ignore);
    socket.on('close', this.#onClose);
  }

  readonly #onData = (chunk: Buffer): void => {
    const before = this.#length;
    let header: ProxyHeader | null;
    try {
      header = this.#parse(this.#add(chunk));
    } catch (error) {
      this.#refuse((error as Error).message);
      return;
    }
    if (header !== null) {
      // What the chunk has behind the header is the connection's own.
      this.#pass(header, chunk.subarray(header.length - before));
    } else if (this.#length === MAX_PROXY_HEADER) {
      this.#refuse(`The PROXY protocol header has more than ${MAX_PROXY_HEADER} octets.`);
    }
  };

  /** @returns what is here of the header, and perhaps more behind it. */
  #add(chunk: Buffer): Buffer {
    const taken = chunk.subarray(0, MAX_PROXY_HEADER - this.#length);
    this.#length += taken.length;
    if (this.#length === taken.length) {
      this.#octets = taken;
      return taken;
    }
    if (this.#octets!.length < MAX_PROXY_HEADER) {
      const room = Buffer.allocUnsafeSlow(MAX_PROXY_HEADER);
      this.#octets!.copy(room);
      this.#octets = room;
    }
    taken.copy(this.#octets!, this.#length - taken.length);
    return this.#octets!.subarray(0, this.#length);
  }

  #pass({ source }: ProxyHeader, rest: Buffer): void {
    const { socket } = this;
    this.#release();
    // As if nothing had been read: reading begins with the next owner's first listener.
    socket.pause();
    (socket as { readableFlowing: boolean | null }).readableFlowing = null;
    if (rest.length > 0) socket.unshift(rest);
    this.#events.passed(source === null ? null : addressOf(source));
  }

  #refuse(why: string): void {
    this.#release();
    this.socket.on('error', ignore);
    this.socket.destroy();
    this.#events.refused(why);
  }

  /** The time for the header has passed. */
  expire(): void {
    this.#refuse('The PROXY protocol header did not arrive in the time allowed.');
  }

  // Many proxies look in this way whether a server is alive: nobody has to hear of it.
  readonly #onEnd = (): void => void this.socket.destroy();

  readonly #onClose = (): void => this.#release();

  #release(): void {
    const { socket } = this;
    this.deadline = Number.POSITIVE_INFINITY;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', ignore);
    socket.off('close', this.#onClose);
    this.#events.gone();
  }
}

/** A Unix socket's client has no address that an application could use. */
function addressOf({ address, port }: { address: string; port: number }): PeerAddress {
  return net.isIP(address) === 0 ? NOBODY : { host: address, port };
}

const NOBODY: PeerAddress = Object.freeze({ host: '', port: 0 });

function ignore(): void {}

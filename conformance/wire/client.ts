import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Exchange } from './outcomes.ts';
import {
  type FinalResponse,
  type InterimResponse,
  type RequestLine,
  ResponseParser,
} from './response-parser.ts';

/** Where the server listens. With `tls` any certificate will do. */
export type Target = ({ host: string; port: number } | { path: string }) & { tls?: boolean };

/** The authority that requests to `target` name. */
export function authorityOf(target: Target): string {
  return 'path' in target ? 'localhost' : `${target.host}:${target.port}`;
}

const WRITE_TIMEOUT = 5_000;

/** One connection that sends any octets and reads responses; it keeps what it saw for judgement. */
export class WireClient implements Exchange {
  readonly #parser: ResponseParser;
  /** The connection itself, and what octets go through: the same one without TLS. */
  readonly #transport: Socket;
  readonly #socket: Socket;
  readonly #watchers = new Set<() => void>();
  #connected = false;
  #closed: 'end' | 'reset' | null = null;

  constructor(target: Target, requests: readonly RequestLine[]) {
    this.#parser = new ResponseParser(requests);
    this.#transport = connect({ ...target, allowHalfOpen: true, noDelay: true });
    this.#socket = target.tls
      ? connectTls({ socket: this.#transport, rejectUnauthorized: false })
      : this.#transport;
    this.#transport.on('error', () => this.#close('reset'));
    this.#socket
      .on(target.tls ? 'secureConnect' : 'connect', () => {
        this.#connected = true;
        this.#notify();
      })
      .on('data', (chunk: Buffer) => {
        this.#parser.push(chunk);
        this.#notify();
      })
      .on('end', () => this.#close('end'))
      .on('error', () => this.#close('reset'))
      .on('close', () => this.#close('reset'));
  }

  get responses(): readonly FinalResponse[] {
    return this.#parser.responses;
  }

  get interim(): readonly InterimResponse[] {
    return this.#parser.interim;
  }

  get malformed(): string | null {
    return this.#parser.malformed;
  }

  get rest(): Buffer {
    return this.#parser.rest;
  }

  /** How the server ended the connection; null while it is open. */
  get closed(): 'end' | 'reset' | null {
    return this.#closed;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Octets received so far. */
  get received(): number {
    return this.#parser.received;
  }

  /** Whether nothing that comes later can change what was seen. */
  get over(): boolean {
    return this.#closed !== null || this.malformed !== null;
  }

  /** Settles when the connection stands or has failed. */
  async connect(): Promise<void> {
    await this.until(() => this.#connected || this.#closed !== null, WRITE_TIMEOUT);
  }

  /** Waits until `condition` holds, at most `milliseconds`. */
  until(condition: () => boolean, milliseconds: number): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
        resolve();
      };
      const check = (): void => {
        if (condition()) finish();
      };
      const timer = setTimeout(finish, milliseconds);
      this.#watchers.add(check);
    });
  }

  /** Sends octets and waits until they left, or until they visibly cannot. */
  async write(octets: Uint8Array): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded || this.#closed === 'reset') return;
    let written = false;
    this.#socket.write(octets, () => {
      written = true;
      this.#notify();
    });
    await this.until(() => written || this.#closed === 'reset', WRITE_TIMEOUT);
  }

  /** Ends the sending side; responses still come. */
  end(): void {
    this.#socket.end();
  }

  /** Sends a RST over plain TCP; beneath TLS Node 24 crashes of it, and Unix sockets have none. */
  reset(): void {
    const { remoteAddress } = this.#transport;
    if (remoteAddress === undefined || this.#socket !== this.#transport) this.destroy();
    else this.#transport.resetAndDestroy();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#transport.destroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #close(how: 'end' | 'reset'): void {
    this.#closed ??= how;
    this.#parser.end();
    this.#notify();
  }

  #notify(): void {
    for (const check of [...this.#watchers]) check();
  }
}

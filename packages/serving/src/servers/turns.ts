import type net from 'node:net';
import type { ClientConnection } from './client-connection.ts';

/**
 * Who is answered while `handleRequest()` alone answers: as many connections as it was called for,
 * the others wait.
 */
export class Turns {
  readonly #accept: (socket: net.Socket) => ClientConnection | undefined;
  // Sockets wait here; `null` when all are answered at once.
  #waiting: net.Socket[] | null = null;
  readonly #calls: (() => void)[] = [];
  readonly #admitted: Set<ClientConnection> = new Set();

  /** @param accept begins to answer a socket, unless it is refused. */
  constructor(accept: (socket: net.Socket) => ClientConnection | undefined) {
    this.#accept = accept;
  }

  /** From now on sockets wait for a turn. */
  begin(): void {
    this.#waiting = [];
  }

  /** A client is here. */
  connected(socket: net.Socket): void {
    if (this.#waiting === null) {
      this.#accept(socket);
      return;
    }
    socket.on('error', () => {});
    this.#waiting.push(socket);
    this.#admit();
  }

  /** Gives one more turn; resolves when it has been taken. */
  give(): Promise<void> {
    return new Promise((resolve) => {
      this.#calls.push(resolve);
      this.#admit();
    });
  }

  /** A request was answered. @returns whether turns are left. */
  taken(connection: ClientConnection): boolean {
    this.#admitted.delete(connection);
    this.#calls.shift()?.();
    return this.#calls.length > 0;
  }

  /** Answers all who wait, and everybody from now on. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const socket of waiting) this.#accept(socket);
  }

  /** Closes all who wait. */
  close(): void {
    for (const socket of this.#waiting ?? []) socket.destroy();
    this.#waiting = null;
  }

  #admit(): void {
    while (this.#waiting !== null && this.#admitted.size < this.#calls.length) {
      const socket = this.#waiting.shift();
      if (socket === undefined) return;
      const connection = this.#accept(socket);
      if (connection === undefined) continue;
      connection.closeRequested = true;
      this.#admitted.add(connection);
      // A client that asked nothing has not had the turn.
      socket.once('close', () => {
        if (this.#admitted.delete(connection)) this.#admit();
      });
    }
  }
}

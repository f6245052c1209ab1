import { once } from 'node:events';
import { connect } from 'node:net';
import type { GatewayApp } from '@werkstatt/core';
import { type BaseGatewayServer, GatewayRequestHandler, makeServer } from '@werkstatt/serving';
import type { Message } from './fixture-files.ts';

/** What our server made of the octets on a connection. */
export interface Seen {
  /** The requests whose application read the whole body. */
  readonly messages: readonly Message[];
  /** Why the server refused what came then; `''`: it did not. */
  readonly refusal: string;
}

/** How long a connection may take in all, in ms. */
const PATIENCE = 5_000;

/** Has refusals logged, and answers not. */
class Quiet extends GatewayRequestHandler {
  override logRequest(): void {}
}

/** A server that keeps what its application gets. */
export class RecordingServer {
  readonly #server: BaseGatewayServer;
  #messages: Message[] = [];
  #refusals: string[] = [];

  /** @param isProxied whether its clients are proxies that speak the PROXY protocol. */
  constructor(isProxied = false) {
    const app: GatewayApp = async (environ, startResponse) => {
      const body = await this.#read(environ['gateway.input']);
      if (body !== null) {
        const fields = environ['gateway.raw_headers']().map(
          ([name, value]) => [name.toLowerCase(), value] as const,
        );
        const { REQUEST_METHOD: method, REQUEST_URI: target } = environ;
        this.#messages.push({ method, target, fields, body });
      }
      startResponse('204 No Content', []);
      return [];
    };
    this.#server = makeServer({
      host: '127.0.0.1',
      app,
      requestHandler: Quiet,
      ...(isProxied && { proxyProtocol: { trusted: ['127.0.0.1'] } }),
    });
    this.#server.log = (_, message) => this.#refusals.push(message);
  }

  async listen(): Promise<void> {
    await this.#server.listen();
  }

  close(): void {
    this.#server.close();
  }

  /**
   * Sends octets and their end on a connection of their own, and waits until the server has ended it.
   *
   * @throws Error when the server doesn't end it in time.
   */
  async feed(octets: Buffer): Promise<Seen> {
    this.#messages = [];
    this.#refusals = [];
    const socket = connect(this.#server.port, '127.0.0.1');
    const timer = setTimeout(() => socket.destroy(new Error('It was not ended.')), PATIENCE);
    socket.resume().end(octets);
    try {
      await once(socket, 'close');
    } finally {
      clearTimeout(timer);
    }
    return { messages: this.#messages, refusal: this.#refusals.join('; ') };
  }

  async #read(input: AsyncIterable<Uint8Array>): Promise<string | null> {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of input) chunks.push(chunk);
    } catch {
      this.#refusals.push('the body did not come whole');
      return null;
    }
    return Buffer.concat(chunks).toString('latin1');
  }
}

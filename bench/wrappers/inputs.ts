import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Environ } from '@werkstatt/core';
import { makeServer } from '@werkstatt/serving';
import type { WireRequest } from './requests.ts';

/**
 * What a server has of a request when it calls the application. The requests stay unanswered as long
 * as they are measured, so that nothing about them is over.
 */
export interface Inputs<I> {
  readonly list: readonly I[];
  /** Ends the connections and the server. */
  close(): Promise<void>;
}

/** The environs that our server makes of requests. */
export async function environsOf(requests: readonly WireRequest[]): Promise<Inputs<Environ>> {
  const taken = new Taken<Environ>();
  const server = makeServer({
    host: '127.0.0.1',
    port: 0,
    app: (environ) => taken.add(environ),
  });
  await server.listen();
  const clients = await sendAll(requests, server.port, taken);
  return {
    list: taken.list,
    close: async () => {
      endAll(clients);
      await server.close();
    },
  };
}

/** The messages that Node's server makes of requests; it has looked into their `headers` itself. */
export async function messagesOf(
  requests: readonly WireRequest[],
): Promise<Inputs<IncomingMessage>> {
  const taken = new Taken<IncomingMessage>();
  const server = createServer((message) => void taken.add(message));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const clients = await sendAll(requests, (server.address() as AddressInfo).port, taken);
  return {
    list: taken.list,
    close: async () => {
      endAll(clients);
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a server handed to its application, which never answers. */
class Taken<I> {
  readonly list: I[] = [];
  #wake: (() => void) | undefined;

  add(input: I): Promise<never> {
    this.list.push(input);
    this.#wake?.();
    return new Promise(() => {});
  }

  /** Waits until there are `count` of them. */
  async reaches(count: number): Promise<void> {
    while (this.list.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Sends the requests one after the other, each over a connection of its own. */
async function sendAll(
  requests: readonly WireRequest[],
  port: number,
  taken: Taken<unknown>,
): Promise<Socket[]> {
  const clients: Socket[] = [];
  for (const { text } of requests) {
    const client = connect(port, '127.0.0.1');
    client.on('error', () => {});
    clients.push(client);
    client.write(text);
    await taken.reaches(clients.length);
  }
  return clients;
}

function endAll(clients: readonly Socket[]): void {
  for (const client of clients) client.destroy();
}

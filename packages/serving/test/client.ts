import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A response as it came over the wire; texts are latin-1. */
export interface WireResponse {
  version: string;
  status: number;
  reason: string;
  fields: [name: string, value: string][];
  /** Empty for those without content. */
  body: string;
  trailers: [name: string, value: string][];
  /** Statuses of the interim responses before it. */
  interim: number[];
  chunked: boolean;
}

/** The values of a field, joined; `undefined` without one. */
export function fieldOf(response: Pick<WireResponse, 'fields'>, name: string): string | undefined {
  const values = response.fields.filter(([n]) => n.toLowerCase() === name.toLowerCase());
  return values.length === 0 ? undefined : values.map(([, value]) => value).join(', ');
}

/** What a test offers to end things with it. Concurrent tests must pass their own context. */
export interface TestScope {
  onTestFinished(end: () => void | Promise<void>): void;
}

/** One connection that sends any octets, and reads responses strictly. It ends with the test. */
export class Client {
  readonly socket: Socket;
  /** How the server ended the connection. */
  readonly closed: Promise<'end' | 'reset'>;
  /** Keeps our side open when the server ends its own. */
  stays = false;
  #received = '';
  #closed: 'end' | 'reset' | null = null;
  #changed: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(target: NetConnectOpts | Socket, scope: TestScope = { onTestFinished }) {
    this.socket =
      'on' in target ? target : connect({ ...target, allowHalfOpen: true, noDelay: true });
    scope.onTestFinished(() => void this.socket.destroy());
    this.closed = new Promise((resolve) => {
      const close = (how: 'end' | 'reset') => {
        this.#closed ??= how;
        resolve(this.#closed);
        this.#notify();
      };
      this.socket
        .on('data', (chunk: Buffer) => {
          this.#received += chunk.toString('latin1');
          this.#notify();
        })
        .on('end', () => {
          close('end');
          if (!this.stays) this.socket.end();
        })
        .on('error', () => close('reset'))
        .on('close', () => close('reset'));
    });
  }

  /** What was received and not read as a response. */
  get received(): string {
    return this.#received;
  }

  send(octets: string | Uint8Array): this {
    this.socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets);
    return this;
  }

  /** Ends our side; the server may still answer. */
  end(): this {
    this.socket.end();
    return this;
  }

  /** Resets the connection, as a client does that goes away. */
  reset(): this {
    this.socket.resetAndDestroy();
    return this;
  }

  /** Resolves once the text received fits. */
  async until(pattern: RegExp | string): Promise<string> {
    for (;;) {
      const { received } = this;
      if (typeof pattern === 'string' ? received.includes(pattern) : pattern.test(received)) {
        return received;
      }
      await this.#more(`waiting for ${pattern}`);
    }
  }

  /** All that comes until the server ends the connection. */
  async rest(): Promise<string> {
    await this.closed;
    return this.#received;
  }

  /** Reads the next final response. @param method of the request that it answers. */
  async response(method = 'GET'): Promise<WireResponse> {
    const interim: number[] = [];
    for (;;) {
      const head = await this.#head();
      if (head.status >= 200) return { ...head, ...(await this.#content(head, method)), interim };
      interim.push(head.status);
    }
  }

  async #head() {
    await this.until('\r\n\r\n');
    const end = this.#received.indexOf('\r\n\r\n');
    const [first, ...lines] = this.#received.slice(0, end).split('\r\n');
    const match = /^(HTTP\/1\.1) (\d{3}) ([^\r\n]*)$/.exec(first!);
    if (match === null) throw new Error(`No status line: ${JSON.stringify(first)}`);
    this.#received = this.#received.slice(end + 4);
    const [, version, status, reason] = match as unknown as [string, string, string, string];
    return { version, status: Number(status), reason, fields: lines.map(fieldLine) };
  }

  async #content(head: { status: number; fields: [string, string][] }, method: string) {
    const trailers: [string, string][] = [];
    const length = fieldOf(head, 'Content-Length');
    const chunked = fieldOf(head, 'Transfer-Encoding') === 'chunked';
    if (length !== undefined && chunked) throw new Error('Two framings');
    if (method === 'HEAD' || head.status === 204 || head.status === 304) {
      return { body: '', trailers, chunked };
    }
    if (length !== undefined) return { body: await this.#take(Number(length)), trailers, chunked };
    if (!chunked) {
      if ((await this.closed) === 'reset') throw new Error('The connection was reset');
      return { body: await this.#take(this.#received.length), trailers, chunked };
    }
    let body = '';
    for (;;) {
      const size = Number.parseInt(await this.#line(), 16);
      if (size === 0) break;
      body += await this.#take(size);
      if ((await this.#take(2)) !== '\r\n') throw new Error('No CRLF behind a chunk');
    }
    for (;;) {
      const line = await this.#line();
      if (line === '') return { body, trailers, chunked };
      trailers.push(fieldLine(line));
    }
  }

  async #line(): Promise<string> {
    await this.until('\r\n');
    const line = this.#received.slice(0, this.#received.indexOf('\r\n'));
    this.#received = this.#received.slice(line.length + 2);
    return line;
  }

  async #take(length: number): Promise<string> {
    while (this.#received.length < length) await this.#more(`waiting for ${length} octets`);
    const taken = this.#received.slice(0, length);
    this.#received = this.#received.slice(length);
    return taken;
  }

  async #more(why: string): Promise<void> {
    if (this.#closed !== null) {
      const received = JSON.stringify(this.#received.slice(0, 500));
      throw new Error(`The connection ended (${this.#closed}) while ${why}; received: ${received}`);
    }
    await this.#changed.promise;
  }

  #notify(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }
}

function fieldLine(line: string): [string, string] {
  const match = /^([!#$%&'*+\-.^_`|~\w]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
  if (match === null) throw new Error(`No field line: ${JSON.stringify(line)}`);
  return [match[1]!, match[2]!];
}

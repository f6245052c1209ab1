import type { ServerHttp2Stream } from 'node:http2';
import { ClientDisconnected, RequestTimeout } from '@werkstatt/core/exceptions';
import type { GatewaySocket, HeaderList, UpgradedConnection } from '@werkstatt/core/protocol';
import type { Timed } from '../http1/deadlines.ts';
import { setLazyKeys } from '../http1/environ.ts';
import { Exchange } from '../http1/exchange.ts';
import type { ExchangeConnection } from '../http1/exchange-connection.ts';
import type { ConnectionHost } from '../http1/host.ts';
import type { InputSource } from '../http1/input.ts';
import { afterClose } from '../http1/late-close.ts';
import { REQUEST_TIMEOUT, type Refusal } from '../http1/refusals.ts';
import type { ResponseFields, StatusLine } from '../http1/response-head.ts';
import { sentContentLength } from '../http1/sent-content-length.ts';
import type { Http2Connection } from './http2-connection.ts';
import type { RequestHead } from './read-request.ts';
import { checkedHeaders, outgoingHeaders } from './response-headers.ts';
import { StreamBody } from './stream-body.ts';
import { StreamOutput } from './stream-output.ts';

/** `NGHTTP2_NO_ERROR`: the client need not send the rest (RFC 9113 section 8.1). */
const NO_ERROR = 0;

/** One stream of an HTTP/2 connection: carries a request and its response. */
export class RequestStream implements ExchangeConnection, InputSource, Timed {
  readonly client: Http2Connection;
  readonly host: ConnectionHost;
  readonly output: StreamOutput;

  deadline: number = Number.POSITIVE_INFINITY;
  slot = -1;
  next: Timed | null = null;
  previous: Timed | null = null;

  readonly #stream: ServerHttp2Stream;
  #exchange: Exchange | null = null;
  #body: StreamBody | null = null;
  #fields: HeaderList = [];
  // The client has sent all of its request.
  #received: boolean;
  #continueDue = false;
  #answered = false;
  // We ended the stream, for a fault that is not the client's.
  #cut = false;
  #gone = false;
  // What the connection had sent when the client was last found to take nothing.
  #bytesSeen = 0;
  #error: Error | undefined;
  #drainListeners: (() => void)[] = [];

  /** @param received no body follows the head. */
  constructor(client: Http2Connection, stream: ServerHttp2Stream, received: boolean) {
    this.#received = received;
    this.client = client;
    this.host = client.host;
    this.output = new StreamOutput(stream);
    this.#stream = stream;
    stream.on('error', (error) => {
      this.#error = error;
    });
    stream.on('drain', () => this.#drained());
    // A stream that was reset closes when both its sides have been used up, which may be never.
    stream.on('aborted', () => {
      this.#closed();
      stream.destroy();
    });
    stream.on('close', () => this.#closed());
  }

  // ---- the request

  /** Runs the application. */
  run(head: RequestHead): void {
    const { environ, framing } = head;
    this.#fields = head.fields;
    this.#continueDue = head.expectContinue;
    if (!this.#received) {
      const body = this.#receiveBody();
      this.#body = body;
      environ['gateway.input'] = body.input;
    }
    const exchange = new Exchange(this, environ, framing, this.#body, []);
    setLazyKeys(environ, exchange);
    if (this.host.responded !== null) exchange.startClock();
    this.#exchange = exchange;
    exchange.run();
  }

  #receiveBody(): StreamBody {
    const body = new StreamBody(this.host.limits, this);
    const stream = this.#stream;
    stream.on('data', (chunk: Buffer) => {
      this.#continueDue = false;
      body.receive(chunk);
      if (body.input.full || this.#answered) stream.pause();
    });
    stream.on('trailers', (_trailers, _flags, raw?: unknown) => {
      if (Array.isArray(raw)) body.receiveTrailers(raw as string[]);
    });
    stream.on('end', () => {
      if (stream.aborted) return;
      this.#received = true;
      body.end();
    });
    return body;
  }

  /** A read of the request's body waits. */
  demand(): void {
    if (this.#gone) return;
    const stream = this.#stream;
    if (this.#continueDue) {
      this.#continueDue = false;
      if (!stream.headersSent && this.#usable) stream.additionalHeaders({ ':status': 100 });
    }
    this.#limitTime(this.host.timeouts.bodyTimeout);
    stream.resume();
  }

  rawHeaders(): HeaderList {
    return this.#fields;
  }

  get socket(): GatewaySocket {
    return this.client.socketView;
  }

  handOver(): UpgradedConnection {
    throw new Error('A stream of HTTP/2 is not handed over.');
  }

  // ---- the response

  get #usable(): boolean {
    return !this.#stream.destroyed && !this.#stream.closed;
  }

  sendHead(exchange: Exchange, status: StatusLine, fields: ResponseFields, length: number): void {
    if (fields.close) this.client.closeRequested = true;
    if (!this.#usable) return;
    const headers = outgoingHeaders(fields.headers);
    const contentLength = sentContentLength(exchange, status, fields, length);
    headers[':status'] = status.code;
    if (contentLength >= 0) headers['content-length'] = contentLength;
    if (!fields.hasDate) headers.date = fieldValue(this.host.dateLine);
    if (!fields.hasServer) headers.server = fieldValue(this.host.serverLine);
    const endStream = length === 0 || exchange.withoutBody;
    const waitForTrailers = !endStream && contentLength < 0;
    if (waitForTrailers) this.#stream.on('wantTrailers', () => this.#sendTrailers());
    this.#stream.respond(headers, { endStream, waitForTrailers });
  }

  #sendTrailers(): void {
    const { trailers } = this.output;
    if (!this.#usable) return;
    try {
      this.#stream.sendTrailers(trailers === null ? {} : outgoingHeaders(trailers));
    } catch (error) {
      // Older versions of Node take some fields once only, and call this where nobody would catch.
      this.#stream.destroy(error as Error);
    }
  }

  sendEarlyHints(headers: HeaderList): void {
    const checked = checkedHeaders(headers);
    if (this.#usable) this.#stream.additionalHeaders({ ...checked, ':status': 103 });
  }

  /** Answers a request that no application sees. @param head its method is HEAD. */
  refuse({ status, detail }: Refusal, head: boolean): void {
    if (!this.#usable) return;
    const content = `${detail}\n`;
    this.#stream.respond({
      ':status': Number.parseInt(status, 10),
      'content-type': 'text/plain; charset=utf-8',
      'content-length': content.length,
      date: fieldValue(this.host.dateLine),
      server: fieldValue(this.host.serverLine),
    });
    if (!head) this.#stream.write(content, 'latin1');
    this.#end();
  }

  outputAdded(): void {
    this.output.flushSoon();
  }

  whenDrained(listener: () => void): void {
    if (this.#gone || !this.output.blocked) {
      queueMicrotask(listener);
      return;
    }
    this.#drainListeners.push(listener);
    this.#limitWrite();
  }

  #drained(): void {
    const listeners = this.#drainListeners;
    this.#drainListeners = [];
    for (const listener of listeners) listener();
  }

  exchangeDone(exchange: Exchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    this.#end();
    this.host.responded?.(this.client, exchange);
    this.client.answered();
  }

  exchangeDoneAfter(exchange: Exchange, closing: Promise<void>): void {
    this.#end();
    afterClose(this, exchange, closing, () => this.exchangeDone(exchange));
  }

  /** Ends our side; a client that still sends its request is told that it need not. */
  #end(): void {
    if (this.#answered) return;
    this.#answered = true;
    this.output.flush();
    if (!this.#usable) return;
    this.#stream.end();
    if (this.#received) this.#stream.resume();
    else this.#stream.close(NO_ERROR);
    this.#limitWrite();
  }

  // ---- the early end

  cut(exchange: Exchange): void {
    if (this.#exchange === exchange) {
      this.#exchange = null;
      this.host.responded?.(this.client, exchange);
    }
    this.#cut = true;
    // close() would end the content first, and the client take it for all.
    this.#stream.destroy(new Error('The response was cut short.'));
  }

  #closed(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.host.deadlines.remove(this);
    this.deadline = Number.POSITIVE_INFINITY;
    const error = new ClientDisconnected(undefined, { cause: this.#error });
    if (!this.#received) this.#body?.input.fail(error);
    const exchange = this.#exchange;
    const running = exchange !== null && !exchange.over;
    const early = running || this.#stream.rstCode !== NO_ERROR;
    if (running) {
      this.#exchange = null;
      exchange.abandon(error);
    }
    this.#drained();
    this.client.streamClosed(this, early && !this.#cut);
  }

  // ---- time

  #limitTime(milliseconds: number): void {
    if (this.#gone) return;
    const { deadlines } = this.host;
    this.deadline = deadlines.after(milliseconds);
    deadlines.schedule(this);
  }

  #limitWrite(): void {
    this.#bytesSeen = this.client.socket.bytesWritten;
    this.#limitTime(this.host.timeouts.writeTimeout);
  }

  /** The time allowed has passed. */
  expire(): void {
    this.deadline = Number.POSITIVE_INFINITY;
    if (this.#answered || this.#drainListeners.length > 0) {
      if (this.client.socket.bytesWritten !== this.#bytesSeen) this.#limitWrite();
      else this.#stream.destroy(new Error('The client takes nothing of the response.'));
    } else if (this.#body?.input.waiting === true) {
      this.#body.input.fail(new RequestTimeout(REQUEST_TIMEOUT.detail));
    }
  }
}

/** The value of a field line that ends with CRLF. */
function fieldValue(line: string): string {
  return line.slice(line.indexOf(':') + 2, -2);
}

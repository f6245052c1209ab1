import type {
  Body,
  Environ,
  GatewaySocket,
  HeaderList,
  StartResponse,
  UpgradedConnection,
  Write,
} from '@werkstatt/core/protocol';
import { pumpAsyncIterable, pumpIterable } from './body-pump.ts';
import type { LazyKeys } from './environ.ts';
import { errorResponse } from './error-response.ts';
import type { ExchangeConnection, ReceivedBody } from './exchange-connection.ts';
import type { Framing } from './framing.ts';
import { FLUSH_SIZE } from './output.ts';
import type { HeadPiece } from './parse-head.ts';
import { type BodyIterator, hasClose, releaseBody } from './release-body.ts';
import {
  describe,
  fieldLines,
  ResponseFields,
  type StatusLine,
  statusLine,
} from './response-head.ts';

/**
 * One request and its response: what the protocol asks of a server between the application and the
 * connection. Made for every request; a call that comes after its end stays without effect on others.
 */
export class Exchange implements LazyKeys {
  readonly connection: ExchangeConnection;
  environ: Environ;
  readonly framing: Framing;
  readonly requestBody: ReceivedBody | null;
  /** The method is HEAD. */
  readonly head: boolean;
  readonly http10: boolean;
  /** The connection ends after this response. */
  close = false;
  /** When the head was complete, in ms since the epoch; 0 where nobody asks. */
  startTime = 0;
  /** The same by a clock that nobody sets: what durations are measured from. */
  startMark = 0;
  /** What the monitor tells of this request, where somebody wants to know. */
  event: object | null = null;
  /** Octets of the response's body so far. */
  sent = 0;
  /** Nothing more is sent for this request. */
  over = false;
  /** The body's iterator while it is pulled. */
  iterator: BodyIterator | null = null;

  readonly #pieces: readonly HeadPiece[];
  #status: StatusLine | null = null;
  #fields: ResponseFields | null = null;
  #committed = false;
  #body: Body | null = null;
  #trailers: HeaderList | null = null;
  #controller: AbortController | null = null;
  #abortReason: Error | null = null;
  #upgraded = false;

  constructor(
    connection: ExchangeConnection,
    environ: Environ,
    framing: Framing,
    requestBody: ReceivedBody | null,
    pieces: readonly HeadPiece[],
  ) {
    this.connection = connection;
    this.environ = environ;
    this.framing = framing;
    this.requestBody = requestBody;
    this.#pieces = pieces;
    this.head = environ.REQUEST_METHOD === 'HEAD';
    this.http10 = environ.SERVER_PROTOCOL === 'HTTP/1.0';
  }

  /** The status code that was sent, or is about to be; 0 without one. */
  get statusCode(): number {
    return this.#status?.code ?? 0;
  }

  /** The fields that the application gave; none where it gave no answer. */
  get responseHeaders(): HeaderList {
    return this.#fields?.headers ?? [];
  }

  /** Milliseconds since the head was complete. */
  get duration(): number {
    return performance.now() - this.startMark;
  }

  /** The head is complete, and somebody wants to know when. */
  startClock(): void {
    this.startTime = Date.now();
    this.startMark = performance.now();
  }

  /** The head of the response is out, or on its way. */
  get committed(): boolean {
    return this.#committed;
  }

  /** Runs the server's application. */
  run(): void {
    const { connection, startResponse } = this;
    const { app, monitor, prepareEnviron, runGateway } = connection.host;
    monitor.begun(this);
    try {
      if (prepareEnviron !== null) this.environ = prepareEnviron(connection.client, this.environ);
      const { environ } = this;
      this.accept(
        runGateway === null
          ? app(environ, startResponse)
          : runGateway(connection.client, environ, startResponse),
      );
    } catch (error) {
      this.fail(error);
    }
  }

  // ---- the application's side

  readonly startResponse: StartResponse = (status, headers, error) => {
    if (error !== undefined && (this.over || this.#committed)) throw error;
    // The client left: the signal says so, and what is answered is lost.
    if (this.#abortReason !== null) return this.#write;
    if (this.over || (this.#fields !== null && error === undefined)) {
      throw new Error(
        'startResponse: headers already set. Call it once for a request; pass the error as third ' +
          'argument to replace them before anything was sent.',
      );
    }
    const line = statusLine(status);
    this.#fields = new ResponseFields(headers);
    this.#status = line;
    return this.#write;
  };

  readonly #write: Write = (chunk) => {
    if (this.over) {
      if (this.#abortReason !== null) return undefined;
      throw new Error('write() was called after the end of the body.');
    }
    const { output } = this.connection;
    if (chunk instanceof Uint8Array && chunk.length === 0) {
      if (!this.#committed) this.#commit(-1);
    } else {
      this.send(chunk);
    }
    if (output.pending >= FLUSH_SIZE) output.flush();
    else this.connection.outputAdded();
    if (output.blocked) {
      return new Promise((resolve) => this.connection.whenDrained(resolve));
    }
    return undefined;
  };

  /** Takes what the application returned. Errors are the caller's to pass to `fail()`. */
  accept(result: Body | Promise<Body>): void {
    if (Array.isArray(result)) {
      this.#body = result;
      // A body that came after the end is closed, and not looked at.
      if (this.over) void this.#release();
      else this.#sendArray(result);
      return;
    }
    if (typeof (result as Promise<Body> | undefined)?.then === 'function') {
      (result as Promise<Body>).then(
        (body) => this.#acceptLate(body),
        (error) => this.fail(error),
      );
      return;
    }
    const body = result as Partial<AsyncIterable<Uint8Array> & Iterable<Uint8Array>>;
    const iterable =
      typeof body === 'object' || typeof body === 'function'
        ? (body?.[Symbol.asyncIterator] ?? body?.[Symbol.iterator])
        : undefined;
    if (typeof iterable !== 'function' || body instanceof Uint8Array) {
      throw new TypeError(
        `The application returned ${describe(result)}; a body is an iterable of Uint8Array, such as [bytes].`,
      );
    }
    this.#body = result as Body;
    if (this.over) void this.#release();
    else if (typeof body[Symbol.asyncIterator] === 'function') {
      void pumpAsyncIterable(this, body as AsyncIterable<Uint8Array>);
    } else pumpIterable(this, body as Iterable<Uint8Array>);
  }

  #acceptLate(body: Body): void {
    try {
      this.accept(body);
    } catch (error) {
      this.fail(error);
    }
  }

  // ---- the response

  /** The response has no body, whatever the application yields. */
  get withoutBody(): boolean {
    return this.head || (this.#status?.withoutContent ?? false);
  }

  /** Adds a chunk of the body to what is sent, and the head before the first one. */
  send(chunk: Uint8Array): void {
    if (!(chunk instanceof Uint8Array)) throw notOctets(chunk);
    const fields = this.#fields ?? notStarted();
    const size = chunk.length;
    if (size === 0) return;
    const declared = fields.contentLength;
    if (!this.withoutBody && declared >= 0 && this.sent + size > declared) {
      throw new RangeError(
        `The body has more octets than its Content-Length of ${declared} says: ${this.sent + size}.`,
      );
    }
    if (!this.#committed) this.#commit(-1);
    if (this.withoutBody) return;
    this.sent += size;
    this.connection.output.content(chunk);
  }

  #sendArray(chunks: readonly Uint8Array[]): void {
    const fields = this.#fields ?? notStarted();
    if (this.#committed || this.#trailers !== null) {
      for (const chunk of chunks) this.send(chunk);
      return this.end();
    }
    let length = 0;
    for (let i = 0; i < chunks.length; i++) {
      const chunk = chunks[i]!;
      if (!(chunk instanceof Uint8Array)) throw notOctets(chunk);
      length += chunk.length;
    }
    const withoutBody = this.withoutBody;
    if (!withoutBody && fields.contentLength >= 0 && fields.contentLength !== length) {
      throw wrongLength(fields.contentLength, length);
    }
    this.#commit(length);
    if (!withoutBody) {
      const { output } = this.connection;
      for (let i = 0; i < chunks.length; i++) output.content(chunks[i]!);
      this.sent = length;
    }
    this.#finish();
  }

  /** The body has ended as it should. */
  end(): void {
    if (this.over) return;
    const fields = this.#fields ?? notStarted();
    if (!this.withoutBody && fields.contentLength > this.sent) {
      throw wrongLength(fields.contentLength, this.sent);
    }
    if (!this.#committed) this.#commit(this.#trailers === null ? 0 : -1);
    this.connection.output.endContent(this.#trailers);
    this.#finish();
  }

  #finish(): void {
    this.#endAs('complete');
    const released = this.#release();
    if (released === undefined) this.connection.exchangeDone(this);
    else this.connection.exchangeDoneAfter(this, released);
  }

  #endAs(outcome: 'complete' | 'cut' | 'dropped' | 'upgraded'): void {
    this.over = true;
    this.connection.host.monitor.ended(this, outcome);
  }

  /** Sends the head: `length` octets follow, or -1 for as many as come. */
  #commit(length: number): void {
    this.connection.sendHead(this, this.#status!, this.#fields!, length);
    this.#committed = true;
    if (this.event !== null) this.connection.host.monitor.answering(this);
  }

  // ---- the early end

  /** The application failed, or its body did, or what it gave can't be sent. */
  fail(error: unknown): void {
    const { connection } = this;
    const { host } = connection;
    if (this.over) {
      if (!this.#isAboutTheEnd(error)) host.failed(connection.client, error, this.environ);
      // Nobody is known to own the connection now.
      if (this.#upgraded) connection.socket.destroy();
      return;
    }
    const own = this.requestBody?.input.error;
    const expected = own !== undefined && own !== null && error === own;
    if (!expected) host.failed(connection.client, error, this.environ);
    if (this.#committed || (host.passthroughErrors && !expected)) {
      this.#endAs('cut');
      this.#abort(asError(error));
      void this.#release();
      connection.cut(this, this.#fields?.contentLength ?? -1);
      return;
    }
    const answer = errorResponse(expected ? error : null);
    this.#status = statusLine(answer.status);
    this.#fields = new ResponseFields(answer.headers);
    this.#commit(answer.body.length);
    if (!this.withoutBody) {
      connection.output.content(answer.body);
      this.sent = answer.body.length;
    }
    // Before the signal's listeners run: what they write must not follow the answer.
    this.over = true;
    this.#abort(asError(error));
    this.#finish();
  }

  /** The client is gone, or the server gives the request up. */
  abandon(error: Error): void {
    if (this.over) return;
    this.#endAs('dropped');
    this.#abort(error);
    const { client, host } = this.connection;
    if (this.#committed) host.responded?.(client, this);
    host.dropped(client, error, this.environ);
    void this.#release();
  }

  #abort(reason: Error): void {
    this.#abortReason = reason;
    this.#controller?.abort(reason);
  }

  /** An error that only says again that the request was given up. */
  #isAboutTheEnd(error: unknown): boolean {
    const reason = this.#abortReason;
    if (reason === null) return false;
    const own = this.requestBody?.input.error ?? null;
    if (error === reason || (own !== null && error === own)) return true;
    try {
      return error instanceof Error && (error.name === 'AbortError' || error.cause === reason);
    } catch {
      return false; // a thrown value whose getters, or whose proxy, throw in turn
    }
  }

  /** Ends the iterator, then closes the body; a promise when either takes its time. */
  #release(): Promise<void> | undefined {
    const body = this.#body;
    const { iterator } = this;
    this.#body = null;
    this.iterator = null;
    if (iterator === null && !hasClose(body)) return undefined;
    const { client, host } = this.connection;
    return releaseBody(iterator, body, host.timeouts.closeTimeout, (error, closing) => {
      if (closing || !this.#isAboutTheEnd(error)) host.failed(client, error, this.environ);
    });
  }

  // ---- the environ's lazy keys

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#abortReason !== null) this.#controller.abort(this.#abortReason);
    }
    return this.#controller.signal;
  }

  get rawHeaders(): () => HeaderList {
    return () => this.connection.rawHeaders(this.#pieces);
  }

  get trailers(): () => HeaderList {
    return () => this.requestBody?.trailers ?? [];
  }

  get sendTrailers(): ((headers: HeaderList) => void) | undefined {
    if (this.http10) return undefined;
    return (headers) => {
      if (this.#abortReason !== null) return;
      const declared = this.#fields?.contentLength ?? -1;
      if (
        this.over ||
        declared >= 0 ||
        (this.#committed && !this.connection.output.takesTrailers)
      ) {
        throw new Error(
          'gateway.send_trailers: trailers go with chunked coding only; call it before the body ends ' +
            'and set no Content-Length.',
        );
      }
      fieldLines(headers);
      this.#trailers = headers;
    };
  }

  get earlyHints(): ((headers: HeaderList) => void) | undefined {
    if (this.http10) return undefined;
    return (headers) => {
      if (this.over || this.#committed) return;
      this.connection.sendEarlyHints(headers);
    };
  }

  get socket(): GatewaySocket {
    return this.connection.socket;
  }

  get upgrade(): (() => UpgradedConnection) | undefined {
    if (!this.framing.upgrade) return undefined;
    return () => {
      if (this.#abortReason !== null) throw this.#abortReason;
      if (this.over || this.#fields !== null) {
        throw new Error('gateway.upgrade: the response has begun; call it before startResponse.');
      }
      this.#endAs('upgraded');
      this.#upgraded = true;
      return this.connection.handOver();
    };
  }
}

function notStarted(): never {
  throw new Error('The application gave a body without having called startResponse.');
}

function notOctets(chunk: unknown): TypeError {
  return new TypeError(
    `The body has a chunk that is ${describe(chunk)}; chunks are Uint8Array, such as new TextEncoder().encode(text).`,
  );
}

function wrongLength(declared: number, actual: number): RangeError {
  return new RangeError(`The body has ${actual} octets, its Content-Length says ${declared}.`);
}

function asError(error: unknown): Error {
  try {
    if (error instanceof Error) return error;
  } catch {
    // a proxy, say, that can't be asked
  }
  return new Error('The application failed.', { cause: error });
}

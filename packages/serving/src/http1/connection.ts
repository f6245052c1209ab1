import type { Socket } from 'node:net';
import { ClientDisconnected, RequestTimeout } from '@werkstatt/core/exceptions';
import type { HeaderList, UpgradedConnection } from '@werkstatt/core/protocol';
import type { Timed } from './deadlines.ts';
import { type ConnectionFacts, setLazyKeys } from './environ.ts';
import { Exchange } from './exchange.ts';
import type { ExchangeConnection } from './exchange-connection.ts';
import type { ConnectionHost, HostedConnection } from './host.ts';
import type { InputSource } from './input.ts';
import { afterClose } from './late-close.ts';
import { LF } from './octets.ts';
import { FLUSH_SIZE, Output } from './output.ts';
import { COMPLETE, HeadParser, type HeadPiece, REFUSED } from './parse-head.ts';
import { readRawHeaders } from './raw-headers.ts';
import { REQUEST_TIMEOUT, type Refusal, refusalMessage } from './refusals.ts';
import { RequestBody } from './request-body.ts';
import { fieldLines, type ResponseFields, type StatusLine } from './response-head.ts';
import { listen, type SocketOwner, stopReceiving } from './socket-listeners.ts';
import { writeHead } from './write-head.ts';

// What the next octet from the client belongs to.
const HEAD = 0;
const BODY = 1;
/** Nothing: what still comes is read past, and the response under way is the last one. */
const DEAF = 2;
/** Another protocol, which has taken the connection over. */
const TUNNEL = 3;
const GONE = 4;

/** Pipelined octets that may wait here before the socket is no longer read. */
const MAX_WAITING = 65_536;

const NO_OCTETS = new Uint8Array(0);

/**
 * One client's connection: cuts what arrives into requests, runs them one after the other, and
 * decides when the connection ends (RFC 9112 section 9).
 */
export class Connection
  implements Timed, InputSource, ExchangeConnection, HostedConnection, SocketOwner
{
  readonly host: ConnectionHost;
  readonly socket: Socket;
  readonly facts: ConnectionFacts;
  readonly output: Output;
  /** The server's handler object for this connection, once there is one. */
  handler: unknown = undefined;
  /** Somebody on the server's side wants this to be the last response. */
  closeRequested = false;

  deadline: number = Number.POSITIVE_INFINITY;
  slot = -1;
  next: Timed | null = null;
  previous: Timed | null = null;

  #state = HEAD;
  // Octets received and not consumed; the first `#restLength` of `#rest`.
  #rest: Buffer | null = null;
  #restLength = 0;
  // A head that has begun, while it is incomplete.
  #parser: HeadParser | null = null;
  // The request's body, while it is incomplete.
  #body: RequestBody | null = null;
  #exchange: Exchange | null = null;
  // The client waits for a 100 (Continue).
  #continueDue = false;
  #requests = 0;
  #running = false;
  #paused = false;
  #clientEnded = false;
  // What the socket had been given when a half-closed client was last looked at.
  #bytesSeen = 0;
  #ending = false;
  #error: Error | undefined;
  #drainListeners: (() => void)[] | null = null;

  constructor(host: ConnectionHost, socket: Socket, facts: ConnectionFacts) {
    this.host = host;
    this.socket = socket;
    this.facts = facts;
    this.output = new Output(socket);
    listen(socket, this);
    this.#limitTime(host.timeouts.keepAliveTimeout);
  }

  get client(): HostedConnection {
    return this;
  }

  /** Nothing of a request is here: the connection can end without harm. */
  get idle(): boolean {
    return (
      this.#state === HEAD &&
      this.#exchange === null &&
      this.#rest === null &&
      this.#parser === null
    );
  }

  /** The response that begins now is the last: the request, a limit or the server wants it so. */
  get mustClose(): boolean {
    const { limits, closing } = this.host;
    if (closing || this.closeRequested) return true;
    if (this.#requests + 1 >= limits.maxRequestsPerConnection) return true;
    if (this.#state === DEAF) return true;
    const body = this.#body;
    if (body === null) return false;
    return this.#continueDue || body.refusal !== null || body.remaining > limits.maxDrainSize;
  }

  // ---- receiving

  received(chunk: Buffer): void {
    if (this.#state === DEAF) return;
    const rest = this.#rest;
    if (rest === null) return this.#run(chunk, chunk.length);
    this.#append(rest, chunk);
    if (this.#exchange !== null && this.#state === HEAD) this.#limitWaiting();
    else if (this.#parser === null || chunk.includes(LF)) this.#runRest();
    else if (this.#parser.isTooLong(this.#restLength)) this.#runRest();
  }

  /** Adds a chunk behind the octets that wait. The room doubles, so that none is copied often. */
  #append(rest: Buffer, chunk: Buffer): void {
    const length = this.#restLength + chunk.length;
    let target = rest;
    if (rest.length < length) {
      target = Buffer.allocUnsafeSlow(Math.max(length, this.#restLength * 2, 512));
      rest.copy(target, 0, 0, this.#restLength);
      this.#rest = target;
    }
    chunk.copy(target, this.#restLength);
    this.#restLength = length;
  }

  #runRest(): void {
    const rest = this.#rest;
    if (rest === null) return;
    this.#rest = null;
    this.#run(rest, this.#restLength);
  }

  /** Consumes octets until there are no more, or an answer must come first. */
  #run(octets: Buffer, end: number): void {
    this.#running = true;
    let at = 0;
    while (at < end) {
      if (this.#state === BODY) at = this.#readBody(octets, at, end);
      else if (this.#state !== HEAD || this.#exchange !== null || this.output.blocked) break;
      else {
        at = this.#readHead(octets, at, end);
        if (this.#parser !== null) break;
        // Thousands of pipelined answers must not pile up where nobody sees that they do.
        if (this.output.pending >= FLUSH_SIZE) this.output.flush();
      }
    }
    this.#running = false;
    if (at < end && this.#state <= BODY) {
      // Nobody has a view of a buffer of which nothing was consumed: it may grow.
      this.#rest = at === 0 ? octets : octets.subarray(at, end);
      this.#restLength = end - at;
    }
    if (this.output.pending > 0) this.output.flush();
    if (this.#exchange !== null) this.#limitWaiting();
    else if (this.#waitForRoom()) return;
    // What just began may be the half of a request that is all its client sent.
    if (this.#clientEnded) this.clientEnds();
  }

  /** Stops reading the socket when more is here than an answer under way lets work on. */
  #limitWaiting(): void {
    if (this.#rest !== null && this.#restLength > MAX_WAITING) this.#pause();
  }

  /** A client that reads slowly: the next request waits until it has taken the last answer. */
  #waitForRoom(): boolean {
    if (this.#state !== HEAD || !this.output.blocked) return false;
    this.deadline = Number.POSITIVE_INFINITY;
    this.#pause();
    this.whenDrained(() => {
      this.#limitTime(this.host.timeouts.keepAliveTimeout);
      this.#continue();
    });
    return true;
  }

  #readHead(octets: Buffer, start: number, end: number): number {
    const parser = this.#parser ?? new HeadParser(this.host.limits, this.facts);
    const at = parser.parse(octets, start, end);
    if (parser.phase === COMPLETE) {
      this.#parser = null;
      this.deadline = Number.POSITIVE_INFINITY;
      return this.#begin(parser, octets, at, end);
    }
    if (parser.phase === REFUSED || parser.exceedsLine(end - at)) {
      this.#refuse(parser);
      return end;
    }
    if (this.#parser === null) {
      this.#parser = parser;
      this.#limitTime(this.host.timeouts.headerTimeout);
    }
    return at;
  }

  /** A head is complete: runs the application with it. */
  #begin(parser: HeadParser, octets: Buffer, start: number, end: number): number {
    const framing = parser.framing!;
    const environ = parser.environ!;
    let at = start;
    let body: RequestBody | null = null;
    if (framing.chunked || framing.contentLength > 0) {
      body = new RequestBody(framing, this.host.limits, this);
      environ['gateway.input'] = body.input;
      this.#body = body;
      this.#state = BODY;
      this.#continueDue = framing.expectContinue;
      // What came with the head can be read at once, and a fault in it needs no application.
      if (at < end) at = this.#readBody(octets, at, end);
      if (body.refusal !== null) {
        this.#answerRefusal(body.refusal, parser.head);
        return end;
      }
    }
    const exchange = new Exchange(this, environ, framing, body, parser.pieces);
    setLazyKeys(environ, exchange);
    if (this.host.responded !== null) exchange.startClock();
    this.#exchange = exchange;
    if (!framing.upgrade) {
      exchange.run();
      return at;
    }
    // What follows may be the other protocol's: it must be at hand when the application takes over.
    this.#rest = octets.subarray(at, end);
    this.#restLength = end - at;
    exchange.run();
    if (this.#state === TUNNEL) return end;
    this.#rest = null;
    return at;
  }

  #readBody(octets: Buffer, start: number, end: number): number {
    const body = this.#body!;
    const at = body.receive(octets, start, end);
    this.#continueDue = false;
    if (body.complete) {
      this.#body = null;
      this.#state = HEAD;
      if (this.#exchange === null) this.#limitTime(this.host.timeouts.keepAliveTimeout);
      else this.deadline = Number.POSITIVE_INFINITY;
      return at;
    }
    if (body.refusal !== null || body.discarded > this.host.limits.maxDrainSize) {
      // Nothing that follows can be understood, or is worth it.
      this.#state = DEAF;
      if (body.discarding) this.#end();
      return end;
    }
    if (body.input.full) this.#pause();
    this.#limitTime(this.host.timeouts.bodyTimeout);
    return at;
  }

  /** A read of the request's body waits. */
  demand(): void {
    if (this.#state !== BODY) return;
    if (this.#continueDue) {
      this.#continueDue = false;
      if (this.#exchange?.committed === false) {
        this.output.text('HTTP/1.1 100 Continue\r\n\r\n');
        this.outputAdded();
      }
    }
    this.#limitTime(this.host.timeouts.bodyTimeout);
    this.#resume();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.socket.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.socket.resume();
  }

  rawHeaders(pieces: readonly HeadPiece[]): HeaderList {
    return readRawHeaders(pieces);
  }

  // ---- sending

  sendHead(exchange: Exchange, status: StatusLine, fields: ResponseFields, length: number): void {
    writeHead(this, exchange, status, fields, length);
  }

  sendEarlyHints(headers: HeaderList): void {
    this.output.text(`HTTP/1.1 103 Early Hints\r\n${fieldLines(headers)}\r\n`);
    this.outputAdded();
  }

  /** Something was added to the output outside the answer to what just arrived. */
  outputAdded(): void {
    if (!this.#running) this.output.flushSoon();
  }

  /** Calls `listener` once the socket has room again, or is gone. */
  whenDrained(listener: () => void): void {
    if (this.#state === GONE || !this.output.blocked) {
      queueMicrotask(listener);
      return;
    }
    this.socket.setTimeout(this.host.timeouts.writeTimeout);
    this.#drainListeners ??= [];
    this.#drainListeners.push(listener);
  }

  drained(): void {
    if (!this.#ending && this.#state !== TUNNEL) this.socket.setTimeout(0);
    const listeners = this.#drainListeners;
    this.#drainListeners = null;
    if (listeners !== null) for (const listener of listeners) listener();
  }

  /** A response is complete. */
  exchangeDone(exchange: Exchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    this.#requests++;
    this.host.responded?.(this, exchange);
    if (exchange.close || this.#state === DEAF) return this.#end();
    // A response that began before the server stopped did not say that it is the last one.
    if (this.host.closing && this.#rest === null && !this.#running) return this.#end();
    if (this.#state === BODY) {
      this.#body!.discard();
      this.#limitTime(this.host.timeouts.bodyTimeout);
    } else {
      this.#limitTime(this.host.timeouts.keepAliveTimeout);
    }
    if (!this.#running) this.#continue();
  }

  /** A response is complete but for its body's `close()`, which may take its time, not more. */
  exchangeDoneAfter(exchange: Exchange, closing: Promise<void>): void {
    this.outputAdded();
    afterClose(this, exchange, closing, () => this.exchangeDone(exchange));
  }

  /** Goes on after an answer: with what waits here, or with what the socket has. */
  #continue(): void {
    this.output.flush();
    if (this.#exchange !== null || this.#state > BODY) return;
    if (this.#waitForRoom()) return;
    this.#resume();
    if (this.#rest !== null) this.#runRest();
    else if (this.#clientEnded) this.#end();
  }

  // ---- the end

  /** The server stops: ends the connection where nothing is lost by it. */
  endIfIdle(): void {
    if (this.idle) this.#end();
  }

  /** Cuts a response short, in a way that the client can't take for its end. */
  cut(exchange: Exchange, declared: number): void {
    const undelimited = declared < 0 && !this.output.chunked;
    if (this.#exchange === exchange) {
      this.#exchange = null;
      this.host.responded?.(this, exchange);
    }
    if (this.#state === GONE) return;
    this.#state = DEAF;
    const { socket } = this;
    if (undelimited) {
      // Where the end of the connection is the end of the body, only a reset tells the difference.
      this.output.drop();
      const isTcp = socket.remotePort !== undefined;
      if (isTcp && this.facts.scheme === 'http') socket.resetAndDestroy();
      else socket.destroy();
    } else {
      this.#ending = true;
      this.output.flush();
      socket.setTimeout(this.host.timeouts.writeTimeout);
      socket.destroySoon();
    }
  }

  /** Gives the connection to the application, with what it has not read yet. */
  handOver(): UpgradedConnection {
    const head = this.#rest === null ? NO_OCTETS : this.#rest.subarray(0, this.#restLength);
    const { socket } = this;
    this.#rest = null;
    this.#exchange = null;
    this.#state = TUNNEL;
    this.deadline = Number.POSITIVE_INFINITY;
    this.output.flush();
    stopReceiving(socket);
    socket.pause();
    // As node:http does: reading begins with the new owner's first listener.
    (socket as { readableFlowing: boolean | null }).readableFlowing = null;
    return { socket, head };
  }

  #refuse(parser: HeadParser): void {
    this.#answerRefusal(parser.refusal!, parser.head);
  }

  /** Answers a request that no application sees, and ends the connection. */
  #answerRefusal(refusal: Refusal, head: boolean): void {
    const { host } = this;
    host.refused(this, refusal);
    this.output.text(refusalMessage(refusal, host.dateLine + host.serverLine, !head));
    this.#end();
  }

  /** Sends what is left, ends our side, and reads past what the client still sends for a while. */
  #end(): void {
    if (this.#ending || this.#state >= TUNNEL) return;
    this.#ending = true;
    this.#state = DEAF;
    this.#rest = null;
    this.#parser = null;
    this.#body = null;
    this.deadline = Number.POSITIVE_INFINITY;
    const { socket } = this;
    this.output.flush();
    socket.setTimeout(this.host.timeouts.writeTimeout);
    socket.end(() => {
      socket.setTimeout(0);
      this.#limitTime(this.host.timeouts.lingerTimeout);
    });
    this.#resume();
  }

  clientEnds(): void {
    this.#clientEnded = true;
    const body = this.#body;
    if (this.#state === BODY && body !== null) {
      body.fail(new ClientDisconnected());
      this.#state = DEAF;
    }
    if (this.#state >= TUNNEL) return;
    // A client may end its side once it has sent all, and still wants its answers.
    const waiting = this.#rest !== null && this.#parser === null;
    if (this.#exchange !== null) {
      this.#bytesSeen = this.socket.bytesWritten;
      this.#limitTime(this.host.timeouts.halfCloseTimeout);
    } else if (!waiting) this.#end();
  }

  failed(error: Error): void {
    this.#error = error;
  }

  gone(): void {
    const { host } = this;
    const wasTunnel = this.#state === TUNNEL;
    this.#state = GONE;
    this.#rest = null;
    host.deadlines.remove(this);
    this.deadline = Number.POSITIVE_INFINITY;
    host.closed(this);
    if (wasTunnel) return;
    const error = new ClientDisconnected(undefined, { cause: this.#error });
    this.#body?.fail(error);
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.abandon(error);
    this.drained();
  }

  // ---- time

  #limitTime(milliseconds: number): void {
    // Else the wheel would hold what is gone until its time has come.
    if (this.#state === GONE) return;
    const { deadlines } = this.host;
    this.deadline = deadlines.after(milliseconds);
    deadlines.schedule(this);
  }

  /** The time allowed has passed. */
  expire(): void {
    this.deadline = Number.POSITIVE_INFINITY;
    if (this.#ending) {
      this.socket.destroy();
    } else if (this.#state === BODY) {
      this.#bodyTimedOut(this.#body!);
    } else if (this.#clientEnded && this.#exchange !== null) {
      this.#halfCloseTimedOut();
    } else if (this.#state === HEAD && this.#exchange === null) {
      if (this.#parser === null) this.#end();
      else this.#answerRefusal(REQUEST_TIMEOUT, this.#parser.head);
    }
  }

  /** Whether a client that has ended its side still listens shows when something is sent to it. */
  #halfCloseTimedOut(): void {
    const { bytesWritten } = this.socket;
    if (bytesWritten === this.#bytesSeen && !this.output.blocked) {
      this.socket.destroy();
      return;
    }
    this.#bytesSeen = bytesWritten;
    this.#limitTime(this.host.timeouts.halfCloseTimeout);
  }

  #bodyTimedOut(body: RequestBody): void {
    if (body.discarding) return this.#end();
    // Where nobody waits for the body, the application takes its time, not the client.
    if (!body.input.waiting) return;
    this.#state = DEAF;
    body.fail(new RequestTimeout(REQUEST_TIMEOUT.detail));
  }
}

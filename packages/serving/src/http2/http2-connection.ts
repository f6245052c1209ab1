import http2, {
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { GatewaySocket } from '@werkstatt/core/protocol';
import { TICK, type Timed } from '../http1/deadlines.ts';
import type { ConnectionFacts } from '../http1/environ.ts';
import type { ConnectionHost, HostedConnection } from '../http1/host.ts';
import { TOO_MANY_RESETS } from '../http1/refusals.ts';
import { readRequest } from './read-request.ts';
import { RequestStream } from './request-stream.ts';
import { sessionOptions } from './session-options.ts';

const { NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_REFUSED_STREAM } = http2.constants;
/** The flag of a HEADERS frame that is all of its request (RFC 9113 section 6.2). */
const END_STREAM = 0x1;
/** Ticks in which resets are counted: a minute. */
const RESET_WINDOW = 60_000 / TICK;

/** One client's HTTP/2 connection: its streams, and when it ends. */
export class Http2Connection implements HostedConnection, Timed {
  readonly host: ConnectionHost;
  readonly socket: Socket;
  readonly facts: ConnectionFacts;
  handler: unknown = undefined;
  closeRequested = false;

  deadline: number = Number.POSITIVE_INFINITY;
  slot = -1;
  next: Timed | null = null;
  previous: Timed | null = null;

  readonly #session: ServerHttp2Session;
  readonly #streams: Set<RequestStream> = new Set();
  #socketView: GatewaySocket | undefined;
  #requests = 0;
  #resets = 0;
  #resetsSince = 0;
  #ending = false;
  #closed = false;

  /** @param socket after a handshake that has settled on `h2`. */
  constructor(host: ConnectionHost, socket: Socket, facts: ConnectionFacts) {
    this.host = host;
    this.socket = socket;
    this.facts = facts;
    socket.on('error', () => {});
    // HTTP/2 has no half-closed connections: a client that ended its side is gone.
    socket.allowHalfOpen = false;
    const session = http2.performServerHandshake(socket, sessionOptions(host.limits));
    this.#session = session;
    session.on('error', () => {});
    session.on('stream', (stream, headers, flags, raw?: unknown) => {
      this.#begin(stream, headers, (flags & END_STREAM) !== 0, raw as string[]);
    });
    session.on('close', () => this.#gone());
    this.#limitTime(host.timeouts.keepAliveTimeout);
  }

  /** The request that begins now is the last. */
  get mustClose(): boolean {
    const { limits, closing } = this.host;
    return closing || this.closeRequested || this.#requests >= limits.maxRequestsPerConnection;
  }

  /**
   * The connection as an application may see it; its `destroy()` ends the streams of others, too,
   * and what would disturb them is an error of Node's.
   */
  get socketView(): GatewaySocket {
    if (this.#session.destroyed) return this.socket;
    this.#socketView ??= this.#session.socket as unknown as GatewaySocket;
    return this.#socketView;
  }

  // ---- streams

  #begin(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    ended: boolean,
    raw: readonly string[],
  ): void {
    if (this.#ending && !stream.destroyed) {
      // It was on its way when the client was told that there will be no more.
      stream.on('error', () => {});
      stream.close(NGHTTP2_REFUSED_STREAM);
      return;
    }
    const carried = new RequestStream(this, stream, ended);
    this.#streams.add(carried);
    this.deadline = Number.POSITIVE_INFINITY;
    this.#requests++;
    if (this.mustClose) this.#end();
    // What was reset before anybody looked at it runs no application.
    if (stream.destroyed || stream.aborted) return;
    const { limits } = this.host;
    const head = readRequest(raw, this.facts, limits, ended);
    if (!('detail' in head)) return carried.run(head);
    this.host.refused(this, head);
    carried.refuse(head, headers[':method'] === 'HEAD');
  }

  /** A response is complete. */
  answered(): void {
    if (this.mustClose) this.#end();
  }

  /** A stream is gone. @param early before its answer was complete, and not by our doing. */
  streamClosed(carried: RequestStream, early: boolean): void {
    this.#streams.delete(carried);
    if (early) this.#countReset();
    if (this.#streams.size === 0) {
      const { keepAliveTimeout, lingerTimeout } = this.host.timeouts;
      this.#limitTime(this.#ending ? lingerTimeout : keepAliveTimeout);
    }
  }

  #countReset(): void {
    const { now } = this.host.deadlines;
    if (now - this.#resetsSince >= RESET_WINDOW) {
      this.#resets = 0;
      this.#resetsSince = now;
    }
    if (++this.#resets <= this.host.limits.maxStreamResets || this.#session.destroyed) return;
    this.host.refused(this, TOO_MANY_RESETS);
    this.#ending = true;
    this.#session.goaway(NGHTTP2_ENHANCE_YOUR_CALM);
    this.#session.destroy(new Error(TOO_MANY_RESETS.detail), NGHTTP2_ENHANCE_YOUR_CALM);
  }

  // ---- the end

  endIfIdle(): void {
    this.#end();
  }

  /** Takes no further stream; the connection ends with the last one that runs. */
  #end(): void {
    if (this.#ending || this.#session.destroyed) return;
    this.#ending = true;
    this.#session.close();
    if (this.#streams.size === 0) this.#limitTime(this.host.timeouts.lingerTimeout);
  }

  #gone(): void {
    this.#closed = true;
    this.#ending = true;
    this.host.deadlines.remove(this);
    this.deadline = Number.POSITIVE_INFINITY;
    this.host.closed(this);
  }

  // ---- time

  #limitTime(milliseconds: number): void {
    if (this.#closed) return;
    const { deadlines } = this.host;
    this.deadline = deadlines.after(milliseconds);
    deadlines.schedule(this);
  }

  /** The time allowed has passed. */
  expire(): void {
    this.deadline = Number.POSITIVE_INFINITY;
    if (this.#streams.size > 0) return;
    if (this.#ending) this.socket.destroy();
    else this.#end();
  }
}

/**
 * The gateway protocol, version 1.0, as types: one calling convention between any HTTP server and
 * any application. `PROTOCOL.md` beside this package's README is its text.
 */

/** An application: called once per request, it starts the response and returns its body. */
export type GatewayApp = (environ: Environ, startResponse: StartResponse) => Body | Promise<Body>;

/**
 * A response body: chunks in order. The server calls `close()` exactly once for every body it was
 * given, after the last chunk or at an early end.
 */
export type Body = (Iterable<Uint8Array> | AsyncIterable<Uint8Array>) & {
  close?(): void | Promise<void>;
};

/**
 * Sets status and headers. A second call is an error unless it passes the `error` that made it
 * necessary; once the head is on its way that error is thrown back.
 */
export type StartResponse = (status: string, headers: HeaderList, error?: unknown) => Write;

/** Header fields in order. Never changed once passed on; middleware makes a new one. */
export type HeaderList = readonly HeaderField[];

/** One header field. */
export type HeaderField = readonly [name: string, value: string];

/** Sends a chunk ahead of the body. A returned promise is backpressure: await it before the next. */
export type Write = (chunk: Uint8Array) => void | Promise<void>;

/** The request's body. One read at a time; iteration and reads share the position. */
export interface InputStream extends AsyncIterable<Uint8Array> {
  /**
   * Reads 1 to `size` bytes, fewer only when fewer are at hand; empty only at the end. Without
   * `size`: all that is left.
   *
   * @throws ClientDisconnected when the body ends before its declared length.
   * @throws BadRequest when its chunked coding is broken.
   */
  read(size?: number): Promise<Uint8Array>;
  /** Reads up to and with the next LF, at most `limit` bytes; empty only at the end. */
  readLine(limit?: number): Promise<Uint8Array>;
}

/** Where an application writes text for the server's log. */
export interface ErrorStream {
  write(text: string): void;
  flush(): void;
}

/**
 * The client's connection as far as an application may see it: addresses, and `destroy()`. Node's
 * `Duplex` and `net.Socket` have this shape.
 */
export interface GatewaySocket extends AsyncIterable<Uint8Array> {
  readonly destroyed: boolean;
  readonly encrypted?: boolean;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  write(chunk: Uint8Array | string): boolean;
  end(): this;
  destroy(error?: Error): this;
  pause(): this;
  resume(): this;
  on(event: string, listener: (...args: unknown[]) => void): this;
  once(event: string, listener: (...args: unknown[]) => void): this;
  off(event: string, listener: (...args: unknown[]) => void): this;
}

/** What `gateway.upgrade` hands over: the connection, and the octets already read from it. */
export interface UpgradedConnection {
  socket: GatewaySocket;
  head: Uint8Array;
}

/**
 * What the server tells an application about one request: a mutable object, fresh every time.
 * Applications and middleware may add keys of their own. Copy it with `copyEnviron()` alone.
 */
export interface Environ {
  /** The method, case kept. */
  REQUEST_METHOD: string;
  /** Where the application is mounted; `''` at the root; no trailing slash. */
  SCRIPT_NAME: string;
  /** The path below `SCRIPT_NAME`, percent-decoded once as UTF-8. */
  PATH_INFO: string;
  /** The query without `?`, as received. */
  QUERY_STRING: string;
  /** The request target exactly as received. */
  REQUEST_URI: string;
  CONTENT_TYPE?: string | undefined;
  /** Canonical decimal digits. */
  CONTENT_LENGTH?: string | undefined;
  SERVER_NAME: string;
  SERVER_PORT: string;
  /** `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`. */
  SERVER_PROTOCOL: string;
  /** The peer's address; `''` on a Unix socket. */
  REMOTE_ADDR: string;
  REMOTE_PORT: string;
  /** The client's certificate as PEM, with mutual TLS. */
  SSL_CLIENT_CERT?: string | undefined;
  'gateway.version': readonly [major: number, minor: number];
  'gateway.url_scheme': 'http' | 'https';
  /** The request's body; there even when it is empty. */
  'gateway.input': InputStream;
  'gateway.errors': ErrorStream;
  'gateway.multithread': boolean;
  'gateway.multiprocess': boolean;
  'gateway.run_once': boolean;
  /** Aborted when the client goes away or the server gives the request up. */
  'gateway.signal': AbortSignal;
  /** `true`: the server ends the input itself; reading past the end is safe. */
  'gateway.input_terminated': boolean;
  /** The header fields as received, case and order kept. */
  'gateway.raw_headers': () => HeaderList;
  /** The request's trailer fields, complete once the input has ended. */
  'gateway.trailers': () => HeaderList;
  /** Sets the response's trailer fields, before its body ends; with chunked coding only. */
  'gateway.send_trailers'?: ((headers: HeaderList) => void) | undefined;
  /** Sends a 103 (Early Hints). */
  'gateway.early_hints'?: ((headers: HeaderList) => void) | undefined;
  /** To look at and to `destroy()`, nothing else. */
  'gateway.socket'?: GatewaySocket | undefined;
  /** Takes the connection over; the application then returns `[]` without `startResponse`. */
  'gateway.upgrade'?: (() => UpgradedConnection) | undefined;
  /** For code that answers an application's error itself: tells the server and debugger of it. */
  'gateway.report_error'?: ((error: unknown) => void) | undefined;
  /** One per header field: upper case, `-` as `_`; repeated fields joined by `, `. */
  [key: `HTTP_${string}`]: string | undefined;
  [key: string]: unknown;
}

/** The version of the protocol that `gateway.version` states. */
export const GATEWAY_VERSION: readonly [major: number, minor: number] = Object.freeze([1, 0]);

/** Own key of every application made by Werkstatt, by which `werkstatt serve` knows its kind. */
export const GATEWAY_APP: unique symbol = Symbol.for('werkstatt.gateway');

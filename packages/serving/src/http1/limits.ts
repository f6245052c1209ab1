/**
 * How much of a client's time and octets the server spends before it gives up. Every limit is
 * finite unless its line says why not. Times are milliseconds and are checked once a second.
 */
export interface Limits {
  /** Octets of a request line, else 414. Long targets cost memory before anything is known. */
  maxRequestLine: number;
  /** Octets of the header section, and of the trailer section, else 431. */
  maxHeaderSize: number;
  /** Fields in the header section, and in the trailer section, else 431. */
  maxHeaderCount: number;
  /**
   * Octets of a request body, else 413. `Infinity` by default: the wrappers' limits, which know
   * what a body is for, are finite.
   */
  maxBodySize: number;
  /** Octets of an unread request body that are read past to keep the connection. */
  maxDrainSize: number;
  /** Open connections; further ones get 503. */
  maxConnections: number;
  /** Requests answered on one connection before it is closed, so that load spreads again. */
  maxRequestsPerConnection: number;
}

/** The times a client, or an application's `close()`, may take. */
export interface Timeouts {
  /** From a request's first octet to the end of its header section, else 408 (slowloris). */
  headerTimeout: number;
  /** Without an octet of a body that is being read, else 408. */
  bodyTimeout: number;
  /** Between requests on a persistent connection; then it is closed. */
  keepAliveTimeout: number;
  /** Without the client taking an octet of the response; then the connection is cut. */
  writeTimeout: number;
  /**
   * For an answer to a client that has ended its side, while nothing is sent to it: most such clients
   * are gone, and only sending would show it. Then the connection is cut and the signal aborted.
   */
  halfCloseTimeout: number;
  /** For what the client still sends after the last response (RFC 9112 section 9.6). */
  lingerTimeout: number;
  /** For a body's `close()`; then it is logged and the connection goes on. */
  closeTimeout: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
  maxRequestLine: 16_384,
  maxHeaderSize: 65_536,
  maxHeaderCount: 100,
  maxBodySize: Number.POSITIVE_INFINITY,
  maxDrainSize: 262_144,
  maxConnections: 65_536,
  maxRequestsPerConnection: 1_000_000,
});

export const DEFAULT_TIMEOUTS: Readonly<Timeouts> = Object.freeze({
  headerTimeout: 6_000,
  bodyTimeout: 30_000,
  keepAliveTimeout: 65_000,
  writeTimeout: 60_000,
  halfCloseTimeout: 10_000,
  lingerTimeout: 5_000,
  closeTimeout: 10_000,
});

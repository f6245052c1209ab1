/**
 * How much of a client's time and octets the server spends before it gives up. Every limit is
 * finite unless its line says why not. Times are milliseconds and are checked once a second.
 */
export interface Limits {
  /** Octets of a request line, else 414. Long targets cost memory before anything is known. */
  maxRequestLine: number;
  /**
   * Octets of the header section, and of the trailer section, else 431. They are kept in memory
   * before anybody knows what the request is for.
   */
  maxHeaderSize: number;
  /**
   * Fields in the header section, and in the trailer section, else 431. Each is looked at by more
   * than one program, and many small ones are few octets.
   */
  maxHeaderCount: number;
  /**
   * Octets of a request body, else 413. `Infinity` by default: the server keeps no body, and the
   * wrappers' limits, which know what a body is for, are finite. An application that collects
   * `gateway.input` itself keeps as much as clients send, unless a limit is set here.
   */
  maxBodySize: number;
  /**
   * Octets of an unread request body that are read past to keep the connection; then it is closed.
   * Else a body that nobody wants takes the line for as long as its client likes.
   */
  maxDrainSize: number;
  /**
   * Open connections; further ones get 503. Each takes memory and a file descriptor, and a process
   * without descriptors can open neither files nor connections of its own.
   */
  maxConnections: number;
  /** Requests answered on one connection before it is closed, so that load spreads again. */
  maxRequestsPerConnection: number;
  /** With HTTP/2: streams of one connection that may be open at once; further ones are refused. */
  maxConcurrentStreams: number;
  /**
   * With HTTP/2: streams of one connection that may end in a minute without their answer, because of
   * the client; then the connection ends. A request that is reset at once costs its client nothing,
   * and the server what the application began (CVE-2023-44487).
   */
  maxStreamResets: number;
}

/** The times a client, or an application's `close()`, may take. */
export interface Timeouts {
  /** From a request's first octet to the end of its header section, else 408 (slowloris). */
  headerTimeout: number;
  /**
   * Without an octet of a body that is being read, else 408. A client that stops in the middle would
   * keep the request, and all that the application has opened for it.
   */
  bodyTimeout: number;
  /**
   * Between requests on a persistent connection; then it is closed. A client that leaves without a
   * word, as a telephone does without its network, would keep its descriptor for ever.
   */
  keepAliveTimeout: number;
  /**
   * Without the client taking an octet of the response; then the connection is cut. One that asks
   * and never reads would keep the response, and the file or query it is made from.
   */
  writeTimeout: number;
  /**
   * For an answer to a client that has ended its side, while nothing is sent to it: most such clients
   * are gone, and only sending would show it. Then the connection is cut and the signal aborted.
   */
  halfCloseTimeout: number;
  /**
   * For what the client still sends after the last response (RFC 9112 section 9.6); then it is cut,
   * for it may never stop.
   */
  lingerTimeout: number;
  /**
   * For a body's `close()`; then it is logged and the connection goes on. The requests behind it on
   * its connection would wait for ever.
   */
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
  maxConcurrentStreams: 100,
  maxStreamResets: 200,
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

/** The longest time that Node's timers can wait, in ms: about 24 days. More would be none at all. */
export const LONGEST_TIME = 2_147_483_647;

/** Limits as they hold: what is not given, or `undefined`, has its default. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  return { ...DEFAULT_LIMITS, ...present(given) };
}

/** Timeouts as they hold: as limits, and `Infinity` is about 24 days. */
export function timeoutsOf(given: Partial<Timeouts> = {}): Timeouts {
  const timeouts: Timeouts = { ...DEFAULT_TIMEOUTS, ...present(given) };
  for (const name of Object.keys(timeouts) as (keyof Timeouts)[]) {
    timeouts[name] = Math.min(timeouts[name], LONGEST_TIME);
  }
  return timeouts;
}

function present<T extends object>(given: T): Partial<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

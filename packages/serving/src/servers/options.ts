import type { GatewayApp } from '@werkstatt/core/protocol';
import type { Limits, Timeouts } from '../http1/limits.ts';
import type { AccessLogOption } from '../log/access-log.ts';
import type { LogStream } from '../log/log-sink.ts';
import type { SslContext } from '../tls/ssl-context.ts';
import type { GatewayRequestHandler } from './request-handler.ts';

/** A class whose instances answer the requests of one connection. */
export type RequestHandlerClass = typeof GatewayRequestHandler;

/** Which peers speak the PROXY protocol. */
export interface ProxyProtocolOptions {
  trusted: readonly string[];
}

/** What every server can be told; `makeServer` and `runSimple` hand it on. */
export interface ServerOptions {
  /** Answers requests; a subclass changes environ, log lines or error handling. */
  requestHandler?: RequestHandlerClass;
  /**
   * `true`: an application's error becomes no 500 and no log line; the connection is cut and
   * `serveForever()` rejects with that very error. For tests and debuggers.
   *
   * @default false
   */
  passthroughErrors?: boolean;
  /**
   * Serve HTTPS. `'adhoc'`: by a self-signed certificate for `localhost`, made once and kept for this
   * user; for development.
   */
  sslContext?: SslContext | 'adhoc';
  /**
   * Learn the client's address from the PROXY protocol, versions 1 and 2, where the peer is one of
   * `trusted`: addresses, networks such as `'10.0.0.0/8'`, and `'unix'` for the peers of a Unix
   * socket. Each connection of theirs has to begin with its header, before TLS, and within
   * `headerTimeout`; else it is closed. Other peers are served as who they are: a header of theirs is
   * no request. Whoever is trusted chooses the address that applications see.
   *
   * @default none is trusted
   */
  proxyProtocol?: ProxyProtocolOptions;
  /**
   * Offer HTTP/2 beside HTTP/1.1, on the same port; browsers take it over TLS alone, so that it needs
   * `sslContext` (RFC 9113 section 3.2).
   *
   * @default false
   */
  http2?: boolean;
  /** Listen on this inherited socket in place of `host` and `port`. */
  fd?: number;
  /**
   * Connections that the kernel holds until the server takes them: the backlog of `listen(2)`.
   *
   * @default 511
   */
  requestQueueSize?: number;
  /**
   * The rights of a Unix socket's file, such as `0o660`: who may write to it may send requests. They
   * are set before anybody can connect.
   *
   * @default what the umask leaves
   */
  unixSocketMode?: number;
  /** Those that are not given are as in `DEFAULT_LIMITS`. */
  limits?: Partial<Limits>;
  /** In milliseconds. Those that are not given are as in `DEFAULT_TIMEOUTS`. */
  timeouts?: Partial<Timeouts>;
  /**
   * A line per request: a format, a function, or `false` for none.
   *
   * @default false, and true where `accessLogTo` is given
   */
  accessLog?: AccessLogOption;
  /**
   * Where the access log goes: a stream, or the path of a file, to whose end lines are added. Errors
   * and what else there is to tell go to standard error all the same.
   *
   * @default process.stderr
   */
  accessLogTo?: string | LogStream;
}

/** What `makeServer` takes. */
export interface MakeServerOptions extends ServerOptions {
  /**
   * A name, an address, `''` or `'*'` for all interfaces, or `unix:///path`.
   *
   * @default 'localhost'
   */
  host?: string;
  /** `0`: a free one, which `server.port` tells once it listens. @default 0 */
  port?: number;
  app: GatewayApp;
}

/** What is asked for as access log: who says where it goes wants one. */
export function accessLogOf({ accessLog, accessLogTo }: ServerOptions): AccessLogOption {
  return accessLog ?? accessLogTo !== undefined;
}

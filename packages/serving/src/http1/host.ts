import type { Socket } from 'node:net';
import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core/protocol';
import type { DeadlineWheel } from './deadlines.ts';
import type { ConnectionFacts } from './environ.ts';
import type { Exchange } from './exchange.ts';
import type { Limits, Timeouts } from './limits.ts';
import type { Refusal } from './refusals.ts';

/** A client's connection, as the server that it belongs to knows it. */
export interface HostedConnection {
  readonly socket: Socket;
  readonly facts: ConnectionFacts;
  /** The response that begins now is the last. */
  readonly mustClose: boolean;
  /** Somebody on the server's side wants the current response, or the next, to be the last. */
  closeRequested: boolean;
  /** The server's handler object for this connection, once there is one. */
  handler: unknown;
  /** The server stops: ends the connection where nothing is lost by it. */
  endIfIdle(): void;
}

/** Whoever counts requests, and tells of them. */
export interface ExchangeMonitor {
  /** The application is about to be called. May set the exchange's `event`. */
  begun(exchange: Exchange): void;
  /** The head of the response is sent; called where the exchange has an `event`. */
  answering(exchange: Exchange): void;
  /** Nothing more is sent for the request. Called once. */
  ended(exchange: Exchange, outcome: 'complete' | 'cut' | 'dropped' | 'upgraded'): void;
}

/**
 * What a connection needs of the server it belongs to. The functions that may be `null` are hooks
 * that nobody set: a connection then spends nothing on them.
 */
export interface ConnectionHost {
  readonly app: GatewayApp;
  readonly limits: Limits;
  readonly timeouts: Timeouts;
  readonly deadlines: DeadlineWheel;
  /** `Date` and `Server`, as lines; made anew each second. */
  readonly dateLine: string;
  readonly serverLine: string;
  /** The server stops: every response says `Connection: close`. */
  readonly closing: boolean;
  /** An application's error cuts the connection and ends the server. */
  readonly passthroughErrors: boolean;
  /** May replace the environ before the application sees it. */
  readonly prepareEnviron: ((connection: HostedConnection, environ: Environ) => Environ) | null;
  /** Calls the application in place of the connection. */
  readonly runGateway:
    | ((
        connection: HostedConnection,
        environ: Environ,
        startResponse: StartResponse,
      ) => Body | Promise<Body>)
    | null;
  readonly monitor: ExchangeMonitor;
  /** A response is complete, or was cut. */
  readonly responded: ((connection: HostedConnection, exchange: Exchange) => void) | null;
  /** A request was refused before any application saw it. */
  refused(connection: HostedConnection, refusal: Refusal): void;
  /** An application failed, or its body did. Called once for each error. */
  failed(connection: HostedConnection, error: unknown, environ: Environ): void;
  /** The client reset the connection or timed out while the application worked. */
  dropped(connection: HostedConnection, error: Error, environ: Environ): void;
  /** The connection is gone. */
  closed(connection: HostedConnection): void;
}

import type { Body, Environ, GatewayApp, StartResponse } from '@werkstatt/core/protocol';
import type { Connection } from './connection.ts';
import type { DeadlineWheel } from './deadlines.ts';
import type { Exchange } from './exchange.ts';
import type { Limits, Timeouts } from './limits.ts';
import type { Refusal } from './refusals.ts';

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
  readonly prepareEnviron: ((connection: Connection, environ: Environ) => Environ) | null;
  /** Calls the application in place of the connection. */
  readonly runGateway:
    | ((
        connection: Connection,
        environ: Environ,
        startResponse: StartResponse,
      ) => Body | Promise<Body>)
    | null;
  /** A response is complete, or was cut. */
  readonly responded: ((connection: Connection, exchange: Exchange) => void) | null;
  /** A request was refused before any application saw it. */
  refused(connection: Connection, refusal: Refusal): void;
  /** An application failed, or its body did. Called once for each error. */
  failed(connection: Connection, error: unknown, environ: Environ): void;
  /** The client reset the connection or timed out while the application worked. */
  dropped(connection: Connection, error: Error, environ: Environ): void;
  /** The connection is gone. */
  closed(connection: Connection): void;
}

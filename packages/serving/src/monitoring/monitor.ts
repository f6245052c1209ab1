import { TICK } from '../http1/deadlines.ts';
import type { Exchange } from '../http1/exchange.ts';
import type { ExchangeMonitor, HostedConnection } from '../http1/host.ts';
import * as refusals from '../http1/refusals.ts';
import type { BaseGatewayServer, ClientAddress } from '../servers/base-server.ts';
import type { ConnectionEvent, Outcome, RefusalEvent, RequestEvent } from './channels.ts';
import * as channels from './channels.ts';
import type { ServerStats } from './server-stats.ts';

type Refusal = refusals.Refusal;

/** A refusal, or another reason, which has a name of its own. */
export interface RefusalReason extends Refusal {
  readonly code?: string;
}

/**
 * Counts what a server does, and publishes it where somebody subscribes. A request costs a few
 * additions: who subscribes is looked at when a connection opens, and once a second.
 */
export class Monitor implements ExchangeMonitor {
  readonly #server: BaseGatewayServer;
  readonly #connections: ReadonlySet<HostedConnection>;
  // Somebody wants to know of requests.
  #observed = false;
  // By the first digit of their status; 0 for those without a response.
  readonly #ended: Float64Array = new Float64Array(6);
  #begun = 0;
  #requestsRefused = 0;
  #connectionsRefused = 0;
  #connectionsGone = 0;
  #received = 0;
  #sent = 0;
  readonly #connectionEvents: WeakMap<HostedConnection, ConnectionEvent> = new WeakMap();
  #startedAt = 0;
  #tickedAt = 0;
  #lastDelay = 0;
  #maxDelay = 0;

  /** @param connections those that are open. */
  constructor(server: BaseGatewayServer, connections: ReadonlySet<HostedConnection>) {
    this.#server = server;
    this.#connections = connections;
  }

  /** The server listens. */
  start(): void {
    this.#startedAt = performance.now();
    this.#tickedAt = this.#startedAt;
  }

  /** The server's clock ticks. */
  tick(): void {
    this.#look();
    if (this.#tickedAt === 0) return;
    const now = performance.now();
    this.#lastDelay = Math.max(0, now - this.#tickedAt - TICK);
    this.#maxDelay = Math.max(this.#maxDelay, this.#lastDelay);
    this.#tickedAt = now;
  }

  #look(): void {
    this.#observed =
      channels.REQUEST_START.hasSubscribers ||
      channels.RESPONSE_START.hasSubscribers ||
      channels.RESPONSE_END.hasSubscribers;
  }

  // ---- connections

  /** A connection will be answered. */
  opened(connection: HostedConnection): void {
    this.#look();
    const wanted = channels.CONNECTION_OPEN.hasSubscribers;
    if (!wanted && !channels.CONNECTION_CLOSE.hasSubscribers) return;
    const { socket, facts } = connection;
    const { remoteAddr, remotePort } = facts;
    const event: ConnectionEvent = { server: this.#server, socket, remoteAddr, remotePort };
    this.#connectionEvents.set(connection, event);
    if (wanted) channels.CONNECTION_OPEN.publish(event);
  }

  closed(connection: HostedConnection): void {
    const { bytesRead, bytesWritten } = connection.socket;
    this.#connectionsGone++;
    this.#received += bytesRead;
    this.#sent += bytesWritten;
    if (!channels.CONNECTION_CLOSE.hasSubscribers) return;
    const event = this.#connectionEvents.get(connection);
    if (event !== undefined) channels.CONNECTION_CLOSE.publish(event);
  }

  /** A connection was turned away. */
  refusedConnection({ host, port }: ClientAddress, why: RefusalReason): void {
    this.#connectionsRefused++;
    this.#publishRefusal(host, port === 0 ? '' : String(port), why);
  }

  // ---- requests

  /** A request was turned away. */
  refusedRequest({ facts }: HostedConnection, why: Refusal): void {
    this.#requestsRefused++;
    this.#publishRefusal(facts.remoteAddr, facts.remotePort, why);
  }

  #publishRefusal(remoteAddr: string, remotePort: string, why: RefusalReason): void {
    if (!channels.REQUEST_REFUSED.hasSubscribers) return;
    const event: RefusalEvent = {
      server: this.#server,
      remoteAddr,
      remotePort,
      status: Number.parseInt(why.status, 10) || 0,
      code: why.code ?? codeOf(why),
      reason: why.detail,
    };
    channels.REQUEST_REFUSED.publish(event);
  }

  begun(exchange: Exchange): void {
    this.#begun++;
    if (!this.#observed) return;
    if (exchange.startTime === 0) exchange.startClock();
    const { environ, startTime, connection } = exchange;
    const event: RequestEvent = {
      server: this.#server,
      socket: connection.client.socket,
      environ,
      startTime,
      status: 0,
      bytes: 0,
      duration: 0,
      outcome: undefined,
    };
    exchange.event = event;
    channels.REQUEST_START.publish(event);
  }

  answering(exchange: Exchange): void {
    const event = exchange.event as RequestEvent;
    fill(event, exchange);
    channels.RESPONSE_START.publish(event);
  }

  ended(exchange: Exchange, outcome: Outcome): void {
    const status = outcome === 'upgraded' ? 101 : exchange.committed ? exchange.statusCode : 0;
    this.#ended[(status / 100) | 0]!++;
    const event = exchange.event as RequestEvent | null;
    if (event === null) return;
    fill(event, exchange);
    event.status = status;
    event.outcome = outcome;
    channels.RESPONSE_END.publish(event);
  }

  // ---- the sums

  stats(): ServerStats {
    const [dropped, ...classes] = this.#ended as unknown as number[];
    const [informational, successful, redirection, clientError, serverError] = classes;
    let ended = 0;
    for (const count of this.#ended) ended += count;
    let received = this.#received;
    let sent = this.#sent;
    for (const { socket } of this.#connections) {
      received += socket.bytesRead;
      sent += socket.bytesWritten;
    }
    const open = this.#connections.size;
    return {
      uptime: this.#startedAt === 0 ? 0 : performance.now() - this.#startedAt,
      connections: {
        open,
        total: this.#connectionsGone + open,
        refused: this.#connectionsRefused,
      },
      requests: {
        running: this.#begun - ended,
        total: this.#begun,
        dropped: dropped!,
        refused: this.#requestsRefused,
      },
      responses: {
        '1xx': informational!,
        '2xx': successful!,
        '3xx': redirection!,
        '4xx': clientError!,
        '5xx': serverError!,
      },
      bytes: { received, sent },
      eventLoopDelay: { last: this.#lastDelay, max: this.#maxDelay },
    };
  }
}

/** A refusal's name is that of its constant. */
function codeOf(why: Refusal): string {
  return Object.entries(refusals).find(([, value]) => value === why)?.[0] ?? 'REFUSED';
}

function fill(event: RequestEvent, { environ, statusCode, sent, duration }: Exchange): void {
  event.environ = environ;
  event.status = statusCode;
  event.bytes = sent;
  event.duration = duration;
}

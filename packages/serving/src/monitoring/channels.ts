import type { Socket } from 'node:net';
import type { Environ } from '@werkstatt/core/protocol';
import { diagnosticsChannel } from '../node-modules.ts';
import type { BaseGatewayServer } from '../servers/base-server.ts';

/** What channels of `node:diagnostics_channel` are told, by the channel's name. */
export interface ServerEvents {
  /** A connection will be answered. */
  'werkstatt.connection.open': ConnectionEvent;
  /** It is gone. The same object as when it was opened. */
  'werkstatt.connection.close': ConnectionEvent;
  /** A request's head is complete, and the application is about to be called. */
  'werkstatt.request.start': RequestEvent;
  /** The head of its response is on its way. The same object, which has a `status` now. */
  'werkstatt.response.start': RequestEvent;
  /** Nothing more is sent for the request. The same object, with all of its members. */
  'werkstatt.response.end': RequestEvent;
  /** A request, or a connection, was turned away before any application saw it. */
  'werkstatt.request.refused': RefusalEvent;
}

/** A client's connection. */
export interface ConnectionEvent {
  readonly server: BaseGatewayServer;
  readonly socket: Socket;
  /** `''` on a Unix socket. */
  readonly remoteAddr: string;
  readonly remotePort: string;
}

/** How a request ended: whole, cut by the server, left by the client, or taken over. */
export type Outcome = 'complete' | 'cut' | 'dropped' | 'upgraded';

/** A request and its response, as far as they have come. */
export interface RequestEvent {
  readonly server: BaseGatewayServer;
  readonly socket: Socket;
  /** As the application gets it; at the start as the server made it. */
  environ: Environ;
  /** When the head was complete, in milliseconds since the epoch. */
  readonly startTime: number;
  /** 0 where no response has begun. */
  status: number;
  /** Octets of the response's body so far. */
  bytes: number;
  /** Milliseconds since the head was complete. */
  duration: number;
  /** Known at the end. */
  outcome: Outcome | undefined;
}

/** What was turned away, and why. */
export interface RefusalEvent {
  readonly server: BaseGatewayServer;
  readonly remoteAddr: string;
  readonly remotePort: string;
  /** The status of the answer; 0 where there was none. */
  readonly status: number;
  /**
   * The name of the reason, for programs: `HEADER_TOO_LARGE`, `REQUEST_TIMEOUT`, `BAD_CHUNK` …;
   * of connections `TOO_MANY_CONNECTIONS`, `NOT_VERIFIED` or `PROXY_PROTOCOL`.
   */
  readonly code: string;
  /** A sentence for a person. */
  readonly reason: string;
}

type Channel = ReturnType<typeof diagnosticsChannel.channel>;

function channel(name: keyof ServerEvents): Channel {
  return diagnosticsChannel.channel(name);
}

export const CONNECTION_OPEN: Channel = channel('werkstatt.connection.open');
export const CONNECTION_CLOSE: Channel = channel('werkstatt.connection.close');
export const REQUEST_START: Channel = channel('werkstatt.request.start');
export const RESPONSE_START: Channel = channel('werkstatt.response.start');
export const RESPONSE_END: Channel = channel('werkstatt.response.end');
export const REQUEST_REFUSED: Channel = channel('werkstatt.request.refused');

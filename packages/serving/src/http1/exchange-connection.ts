import type { GatewaySocket, HeaderList, UpgradedConnection } from '@werkstatt/core/protocol';
import type { Exchange } from './exchange.ts';
import type { ConnectionHost, HostedConnection } from './host.ts';
import type { HeadPiece } from './parse-head.ts';
import type { ResponseFields, StatusLine } from './response-head.ts';

/** The request's body, as the exchange that it belongs to knows it. */
export interface ReceivedBody {
  /** `error` is why its reads fail, once they do. */
  readonly input: { readonly error: Error | null };
  readonly trailers: HeaderList;
}

/** Where an exchange puts the content of its response. */
export interface ResponseOutput {
  /** Octets collected and not flushed. */
  readonly pending: number;
  /** The client has more to take than should wait for it. */
  readonly blocked: boolean;
  /** The response under way can end with trailers. */
  readonly takesTrailers: boolean;
  /** Adds a chunk of the content, which is not changed from now on. */
  content(chunk: Uint8Array): void;
  /** Ends the content. */
  endContent(trailers: HeaderList | null): void;
  flush(): void;
  /** Flushes once at the end of this loop turn. */
  flushSoon(): void;
}

/** What carries one exchange: an HTTP/1.1 connection, or one stream of an HTTP/2 connection. */
export interface ExchangeConnection {
  readonly host: ConnectionHost;
  /** The connection to the client, as the server's hooks see it. */
  readonly client: HostedConnection;
  readonly output: ResponseOutput;
  readonly socket: GatewaySocket;
  /**
   * Sends the head of the response.
   *
   * @param length octets of the content that follows, or -1 for as many as come.
   */
  sendHead(exchange: Exchange, status: StatusLine, fields: ResponseFields, length: number): void;
  /** Sends a 103 (RFC 8297), its fields checked. */
  sendEarlyHints(headers: HeaderList): void;
  /** Something was added to the output outside the answer to what just arrived. */
  outputAdded(): void;
  /** Calls `listener` once there is room again, or nobody to send to. */
  whenDrained(listener: () => void): void;
  /** The response is complete. */
  exchangeDone(exchange: Exchange): void;
  /** The response is complete but for its body's `close()`. */
  exchangeDoneAfter(exchange: Exchange, closing: Promise<void>): void;
  /**
   * Cuts the response short, in a way that the client can't take for its end.
   *
   * @param declared its Content-Length, or -1.
   */
  cut(exchange: Exchange, declared: number): void;
  /** Gives the connection to the application. */
  handOver(): UpgradedConnection;
  /** The request's fields as they were received. */
  rawHeaders(pieces: readonly HeadPiece[]): HeaderList;
}

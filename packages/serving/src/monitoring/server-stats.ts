/** What a server has done since it was made. Numbers only: nothing in it tells of a client. */
export interface ServerStats {
  /** Milliseconds since it began to listen; 0 before. */
  uptime: number;
  connections: {
    open: number;
    /** Open ones, and those that have gone. */
    total: number;
    /** Turned away: too many, a hook said no, or a header of the PROXY protocol was wrong. */
    refused: number;
  };
  requests: {
    /** Those whose response has not come to its end. */
    running: number;
    /** All that an application was called for. */
    total: number;
    /** Those that have ended without a response: the client left. */
    dropped: number;
    /** Answered by the server itself, since they were malformed, too large or too slow. */
    refused: number;
  };
  /** Responses that applications gave, by the class of their status; `1xx` are upgrades. */
  responses: Record<StatusClass, number>;
  /** Octets of all connections, heads included, as their sockets count them. */
  bytes: { received: number; sent: number };
  /** How late the server's clock was, in milliseconds: what held up the event loop. */
  eventLoopDelay: {
    /** At its last tick; it ticks once a second. */
    last: number;
    /** The most since the server began to listen. */
    max: number;
  };
}

export type StatusClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx';

import type { Socket } from 'node:net';
import type { ConnectionFacts } from '../http1/environ.ts';

/** A client's connection, as the hooks of servers and handlers see it. */
export interface ClientConnection {
  readonly socket: Socket;
  /** What every request of the connection tells its application. */
  readonly facts: ConnectionFacts;
  /** The response that begins now is the last. */
  readonly mustClose: boolean;
  /** Set it to make the current response, or the next one, the last. */
  closeRequested: boolean;
}

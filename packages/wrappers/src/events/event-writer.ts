import { StreamClosedError } from '../errors/wrapper-errors.ts';
import type { ResponseStream } from '../streaming/response-stream.ts';
import { awaitedLate } from '../values/awaited-late.ts';
import { encodeEvent, type ServerSentEvent } from './encode-event.ts';

/** What sends the events of one response. */
export class EventWriter {
  /** As `lastEventId()` of the request: after which event the client wants to go on. */
  readonly lastEventId: string | undefined;
  readonly #stream: ResponseStream;

  /** @param stream where the events are written to; `eventStream()` has one for you. */
  constructor(stream: ResponseStream, lastEventId?: string) {
    this.#stream = stream;
    this.lastEventId = lastEventId;
  }

  /** Whether the end was sent: nothing can follow. */
  get closed(): boolean {
    return this.#stream.closed;
  }

  /**
   * Sends an event; text alone is one with that as its data. Await it where you can: that holds
   * back who sends more than the client takes. The promise rejects with a `ClientGoneError` once the
   * client has gone, and with a `StreamClosedError` after `close()`; neither needs handling.
   *
   * @throws InvalidEventError for an event that can't be sent.
   */
  send(event: ServerSentEvent | string): Promise<void> {
    const text = encodeEvent(event);
    if (!this.#stream.closed) return this.#stream.write(text);
    // Who calls may be a bus that serves others too: that this one has ended is no harm to them.
    return awaitedLate(Promise.reject(new StreamClosedError('This stream of events was closed.')));
  }

  /** Ends the response. A browser connects again, unless it is told not to by the answer 204. */
  close(): Promise<void> {
    return this.#stream.close();
  }
}

import { ArgumentError, Headers, type HeadersInit } from '@werkstatt/core';
import type { RequestOrEnviron } from '../request/request-environ.ts';
import { Response } from '../response/response.ts';
import type { StreamedBody } from '../response/streamed-body.ts';
import type { ResponseStream } from '../streaming/response-stream.ts';
import {
  type StreamBodyOptions,
  type StreamCleanup,
  streamBody,
} from '../streaming/stream-body.ts';
import { awaitedLate } from '../values/awaited-late.ts';
import { encodeEvent } from './encode-event.ts';
import { type EventIterable, encodedEvents, isEventIterable } from './encoded-events.ts';
import { EventWriter } from './event-writer.ts';
import { HEARTBEAT, KeptAliveBody, type PulledBody } from './kept-alive-body.ts';
import { lastEventId } from './last-event-id.ts';

/** Beyond that, timers of JavaScript take a time for 1 ms. */
const MAX_HEARTBEAT = 2_147_483_647;

/**
 * Sends events. `signal` is aborted when the client goes away: then stop. When what is returned has
 * settled, the response ends; a function that is returned keeps it open, until `events.close()` or
 * the client's end, and is called then. It can return an iterable of events as well, so that it can
 * be a generator function.
 */
export type EventProducer = (
  events: EventWriter,
  signal: AbortSignal,
) => void | StreamCleanup | EventIterable | Promise<void | StreamCleanup | EventIterable>;

/** How `eventStream()` sends. */
export interface EventStreamOptions extends StreamBodyOptions {
  /**
   * After how many milliseconds without an event a comment is sent, up to 2,147,483,647; 0 sends
   * none. Default: 15,000. Without it, proxies close what they take for dead, and a client that vanished is
   * never noticed.
   */
  heartbeat?: number | undefined;
  /** How many milliseconds the client waits before it comes back. Default: the client's own. */
  retry?: number | undefined;
  /**
   * Further header fields. Default of `Cache-Control`: `no-store, no-transform`; of
   * `X-Accel-Buffering`: `no`, by which nginx passes every event on at once.
   */
  headers?: HeadersInit | Headers | undefined;
  /**
   * As of `streamBody()`, for a function that sends without waiting. Default: 1 MiB, as there are
   * many such responses at a time.
   */
  maxBufferSize?: number | undefined;
}

/**
 * A response of server-sent events (WHATWG HTML, section 9.2), from an iterable of events, or from a
 * function that sends them:
 *
 * ```ts
 * return eventStream(request, (events) => bus.subscribe((message) => events.send({ json: message })));
 * ```
 *
 * Its head is sent at once. It ends when the events do, or the client goes; then the source is ended,
 * and what a function returned is called. A browser connects again after either, and says in
 * `events.lastEventId` which event it had last; the status 204 tells it to stay away.
 *
 * @throws ArgumentError for a heartbeat that is no such number.
 * @throws InvalidEventError for a `retry` that can't be sent, and a source that has no events.
 */
export function eventStream(
  request: RequestOrEnviron,
  source: EventIterable | EventProducer,
  options: EventStreamOptions = {},
): Response {
  const { heartbeat = 15_000, retry } = options;
  if (!(heartbeat >= 0 && heartbeat <= MAX_HEARTBEAT)) {
    throw new ArgumentError(
      `heartbeat is a number of milliseconds from 0 to ${MAX_HEARTBEAT}, not ${heartbeat}.`,
    );
  }
  const opening = retry === undefined ? HEARTBEAT : encodeEvent({ retry });
  const events =
    typeof source === 'function'
      ? producedEvents(source, lastEventId(request), options)
      : encodedEvents(source);
  const interval = heartbeat === 0 ? Number.POSITIVE_INFINITY : heartbeat;
  const headers = new Headers(options.headers);
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store, no-transform');
  if (!headers.has('X-Accel-Buffering')) headers.set('X-Accel-Buffering', 'no');
  return new Response(new KeptAliveBody(events, opening, interval), {
    contentType: 'text/event-stream',
    headers,
  });
}

function producedEvents(
  producer: EventProducer,
  id: string | undefined,
  options: EventStreamOptions,
): PulledBody {
  const { highWaterMark, maxBufferSize = 1024 * 1024 } = options;
  return streamBody(
    async (stream, signal) => {
      const result = await producer(new EventWriter(stream, id), signal);
      if (typeof result === 'function') return result;
      if (!isEventIterable(result)) return undefined;
      await sendAll(encodedEvents(result), stream, signal);
      return undefined;
    },
    { highWaterMark, maxBufferSize },
  );
}

/** Sends each event once the one before was taken: events that wait grow old. */
async function sendAll(
  events: StreamedBody,
  stream: ResponseStream,
  signal: AbortSignal,
): Promise<void> {
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= awaitedLate((async () => events.close())()));
  // A source may be waiting for its next event when the client goes.
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const event of events) {
      if (stream.closed) break;
      stream.write(event);
      await stream.flush();
    }
  } finally {
    await end();
  }
}

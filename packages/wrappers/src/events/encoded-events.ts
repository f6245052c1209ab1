import { InvalidEventError } from '../errors/wrapper-errors.ts';
import { expectErrors } from '../response/body-source.ts';
import { type StreamedBody, streamedBody } from '../response/streamed-body.ts';
import { describe } from '../values/describe.ts';
import { DONE } from '../values/done.ts';
import { encodeEvent, type ServerSentEvent } from './encode-event.ts';

/** Events that come one after the other. */
export type EventIterable =
  | Iterable<ServerSentEvent | string>
  | AsyncIterable<ServerSentEvent | string>
  | ReadableStream<ServerSentEvent | string>;

/** Whether a value can be iterated for events; text can't, although it has an iterator. */
export function isEventIterable(value: unknown): value is EventIterable {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value || 'getReader' in value;
}

/**
 * Events as the body that sends them. However it ends, its source is given up once.
 *
 * @throws InvalidEventError for what has no events.
 */
export function encodedEvents(source: EventIterable): StreamedBody {
  if (!isEventIterable(source)) {
    throw new InvalidEventError(
      `Events come from an iterable, or from a function that sends them, not from ${describe(source)}.`,
    );
  }
  expectErrors(source);
  return streamedBody('getReader' in source ? encodedStream(source) : encoded(source), () => {});
}

function encodedStream(source: ReadableStream<ServerSentEvent | string>): ReadableStream<string> {
  return source.pipeThrough(
    new TransformStream<ServerSentEvent | string, string>({
      transform: (event, controller) => controller.enqueue(encodeEvent(event)),
    }),
  );
}

/** The events as text. What ends a source is kept: the ends of Node's streams are their own. */
function encoded(
  source: Exclude<EventIterable, ReadableStream> & { close?(): unknown; destroy?(): unknown },
): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]() {
      const iterator =
        Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
      return {
        async next() {
          const result = await iterator.next();
          return result.done ? DONE : { done: false, value: encodeEvent(result.value) };
        },
        async return() {
          await iterator.return?.();
          return DONE;
        },
      };
    },
    ...(source.destroy && { destroy: () => source.destroy?.() }),
    ...(source.close && { close: () => source.close?.() }),
  };
}

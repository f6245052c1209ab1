import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream, type Request, Response, streamBody } from '@werkstatt/wrappers';

/** What a body that is served tells of itself. */
export interface Watched {
  /** Counts a chunk that was made. Gives the chunk. */
  made(): Uint8Array;
  /** Notes that the producer was stopped, in its own way. */
  stopped(): void;
}

/** How many chunks a body has that ends by itself. */
export const COUNT = 500;
/** Bytes of a chunk. */
export const SIZE = 65_536;

/** Responses of 32 MB, one for each kind of body, or endless and slow ones. */
export const BODY_KINDS: Readonly<
  Record<string, (request: Request, watched: Watched, endless: boolean) => Response>
> = {
  generator: (_request, { made, stopped }, endless) =>
    new Response(
      (function* () {
        try {
          for (let i = 0; endless || i < COUNT; i++) yield made();
        } finally {
          stopped();
        }
      })(),
    ),

  'async generator': (_request, { made, stopped }, endless) =>
    new Response(
      (async function* () {
        try {
          for (let i = 0; endless || i < COUNT; i++) {
            yield made();
            if (endless) await sleep(1);
          }
        } finally {
          stopped();
        }
      })(),
    ),

  'iterator of its own': (_request, { made, stopped }, endless) => {
    let i = 0;
    return new Response({
      [Symbol.asyncIterator]: () => ({
        async next() {
          if (endless) await sleep(1);
          return !endless && i++ === COUNT
            ? { done: true, value: undefined }
            : { done: false, value: made() };
        },
        async return() {
          stopped();
          return { done: true, value: undefined };
        },
      }),
    });
  },

  'web stream': (_request, { made, stopped }, endless) => {
    let i = 0;
    return new Response(
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (endless) await sleep(1);
          if (!endless && i++ === COUNT) controller.close();
          else controller.enqueue(made());
        },
        cancel: () => stopped(),
      }),
    );
  },

  'silent web stream': (_request, { made, stopped }) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(made()),
        cancel: () => stopped(),
      }),
    ),

  'Node stream': (_request, { made, stopped }, endless) => {
    let i = 0;
    return new Response(
      new Readable({
        async read() {
          if (endless) await sleep(1);
          this.push(!endless && i++ === COUNT ? null : made());
        },
        destroy(error, callback) {
          stopped();
          callback(error);
        },
      }),
    );
  },

  'silent Node stream': (_request, { made, stopped }) => {
    const readable = new Readable({
      read() {},
      destroy(error, callback) {
        stopped();
        callback(error);
      },
    });
    readable.push(made());
    return new Response(readable);
  },

  'body that is written': (_request, { made, stopped }, endless) =>
    new Response(
      streamBody(async (stream, signal) => {
        signal.addEventListener('abort', stopped);
        for (let i = 0; endless || i < COUNT; i++) {
          await stream.write(made());
          if (endless) await sleep(1);
        }
      }),
    ),

  'body that is piped': (_request, { made, stopped }, endless) => {
    let i = 0;
    const source = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (endless) await sleep(1);
        if (!endless && i++ === COUNT) controller.close();
        else controller.enqueue(made());
      },
      cancel: () => stopped(),
    });
    return new Response(streamBody((stream) => source.pipeTo(stream)));
  },

  'stream of events': (request, { made, stopped }, endless) =>
    eventStream(
      request,
      (async function* () {
        try {
          for (let i = 0; endless || i < COUNT; i++) {
            yield 'x'.repeat(made().length);
            if (endless) await sleep(1);
          }
        } finally {
          stopped();
        }
      })(),
    ),

  'stream of events that are sent': (request, { made, stopped }, endless) =>
    eventStream(request, async (events, signal) => {
      signal.addEventListener('abort', stopped);
      for (let i = 0; endless || i < COUNT; i++) {
        await events.send('x'.repeat(made().length));
        if (endless) await sleep(1);
      }
    }),

  'stream of events from a bus that is silent': (request, { made, stopped }) =>
    eventStream(request, (events) => {
      events.send('x'.repeat(made().length));
      return stopped;
    }),
};

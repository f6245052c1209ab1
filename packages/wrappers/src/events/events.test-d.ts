import { Readable } from 'node:stream';
import type { GatewayApp } from '@werkstatt/core';
import { expectTypeOf } from 'vitest';
import { Request } from '../request/request.ts';
import { Response } from '../response/response.ts';
import type { ResponseStream } from '../streaming/response-stream.ts';
import { streamBody } from '../streaming/stream-body.ts';
import type { ServerSentEvent } from './encode-event.ts';
import { eventStream } from './event-stream.ts';
import type { EventWriter } from './event-writer.ts';
import { lastEventId } from './last-event-id.ts';

declare const request: Request;
declare const events: AsyncGenerator<ServerSentEvent>;
declare function subscribe(listener: (text: string) => void): () => void;
declare function find(key: string): boolean;

// Every source of events makes a response.
expectTypeOf(eventStream(request, events)).toExtend<Response>();
eventStream(request, ['text', { data: 'text' }], {
  heartbeat: 0,
  retry: 1,
  headers: { 'X-A': '1' },
});
eventStream(request, ReadableStream.from(['text']));
eventStream(request, Readable.from(['text']));
eventStream(request, async function* () {
  yield { id: 1, json: { any: 'value' } };
});
eventStream(request, (writer, signal) => {
  expectTypeOf(writer).toEqualTypeOf<EventWriter>();
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
  return subscribe((text) => writer.send(text));
});
expectTypeOf(
  Request.application((each) => eventStream(each, (writer) => writer.send('text'))),
).toEqualTypeOf<GatewayApp>();

// @ts-expect-error data is text; other values are json
eventStream(request, [{ data: { any: 'value' } }]);
// @ts-expect-error a misspelt field
eventStream(request, [{ event: 'a', date: 'b' }]);
// @ts-expect-error numbers are no events
eventStream(request, [1, 2]);
// @ts-expect-error a function that returns something else
eventStream(request, () => find('key'));

expectTypeOf(lastEventId(request)).toEqualTypeOf<string | undefined>();

// A body that is written.
new Response(
  streamBody(async (stream, signal) => {
    expectTypeOf(stream).toEqualTypeOf<ResponseStream>();
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    await stream.write('text');
    await stream.write(new Uint8Array());
    await ReadableStream.from(['text']).pipeTo(stream);
    // @ts-expect-error neither text nor bytes
    await stream.write(1);
  }),
);
streamBody((stream) => ReadableStream.from(['text']).pipeTo(stream), { highWaterMark: 1 });
streamBody((stream) => subscribe((text) => stream.write(text)));

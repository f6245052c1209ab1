import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArgumentError } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { ClientGoneError, InvalidEventError, StreamClosedError } from '../errors/wrapper-errors.ts';
import { Request } from '../request/request.ts';
import type { StreamedBody } from '../response/streamed-body.ts';
import { serve, type TestRequest, testEnviron } from '../testing/environ.ts';
import { readEventStream } from '../testing/event-source.ts';
import type { EventIterable } from './encoded-events.ts';
import { type EventProducer, type EventStreamOptions, eventStream } from './event-stream.ts';
import type { EventWriter } from './event-writer.ts';

const request = new Request(testEnviron());

/** What a client gets of a stream that ends by itself. */
async function receive(
  source: EventIterable | EventProducer,
  options?: EventStreamOptions,
  sent?: TestRequest,
) {
  const app = Request.application((each) => eventStream(each, source, options));
  const answer = await serve(app, sent);
  const { events, retry } = readEventStream(answer.text);
  return { ...answer, events, retry, data: events.map(({ data }) => data) };
}

/** Answers a request up to the point where the server would pull the first event. */
async function open(
  source: EventIterable | EventProducer,
  options: EventStreamOptions = {},
): Promise<StreamedBody> {
  const response = eventStream(request, source, { heartbeat: 0, ...options });
  const body = response(request.environ, () => () => {}) as StreamedBody;
  await body.next();
  return body;
}

async function* count(to: number): AsyncGenerator<string> {
  for (let number = 1; number <= to; number++) yield String(number);
}

describe('a stream of events', () => {
  it('has the fields of one', async () => {
    const { status, headers } = await receive(count(1));
    expect(status).toBe('200 OK');
    expect(headers).toEqual({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
  });

  it('lets fields be added and replaced', async () => {
    const given = { 'cache-control': 'no-cache', 'X-Mine': '1' };
    const { headers } = await receive(count(1), { headers: given });
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'X-Mine': '1' });
    expect(headers).not.toHaveProperty('Cache-Control');
  });

  it('takes events from every kind of source', async () => {
    const sources: (EventIterable | EventProducer)[] = [
      ['1', '2'],
      new Set(['1', { data: '2' }]),
      count(2),
      ReadableStream.from(['1', { json: 2 }]),
      Readable.from([{ data: '1' }, '2']),
      () => count(2),
      async () => ['1', '2'],
      async function* () {
        yield* count(2);
      },
      async (events) => {
        await events.send('1');
        await events.send({ data: '2' });
      },
      (events) => {
        events.send('1');
        events.send('2');
        events.close();
        return () => {};
      },
    ];
    for (const source of sources) expect((await receive(source)).data).toEqual(['1', '2']);
  });

  it('ends where a generator closes it, and ends the generator', async () => {
    const ended = vi.fn();
    const { data } = await receive(async function* (events) {
      try {
        yield '1';
        events.close();
        yield '2';
      } finally {
        ended();
      }
    });
    expect(data).toEqual(['1']);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('begins with a comment, or with the time after which to come back', async () => {
    expect((await receive([])).text).toBe(':\n\n');
    const { text, retry } = await receive([], { retry: 250 });
    expect(text).toBe('retry: 250\n\n');
    expect(retry).toBe(250);
  });

  it('tells after which event the client wants to go on', async () => {
    const producer: EventProducer = (events) => events.send({ json: events.lastEventId ?? null });
    const headers = { 'Last-Event-ID': '7' };
    expect((await receive(producer, {}, { headers })).data).toEqual(['"7"']);
    expect((await receive(producer)).data).toEqual(['null']);
  });

  it('has a comment while the source is silent', async () => {
    const slow: EventProducer = async (events) => {
      await sleep(60);
      await events.send('late');
    };
    const { text, data } = await receive(slow, { heartbeat: 10 });
    expect(text).toMatch(/^(:\n\n){3,7}data: late\n\n$/);
    expect(data).toEqual(['late']);
  });

  it('answers HEAD without asking its source', async () => {
    const producer = vi.fn();
    const { text, headers } = await receive(producer, {}, { method: 'HEAD' });
    expect(text).toBe('');
    expect(headers).toHaveProperty('Content-Type', 'text/event-stream');
    expect(producer).not.toHaveBeenCalled();
  });

  it('refuses what it can not send at once', () => {
    const wrong = (source: unknown, options?: EventStreamOptions) => () =>
      eventStream(request, source as EventIterable, options);
    expect(wrong('text')).toThrow(InvalidEventError);
    expect(wrong('text')).toThrow(/not from a string/);
    expect(wrong(undefined)).toThrow(InvalidEventError);
    expect(wrong([], { retry: -1 })).toThrow(InvalidEventError);
    expect(wrong([], { heartbeat: -1 })).toThrow(ArgumentError);
    expect(wrong([], { heartbeat: 1e10 })).toThrow(/0 to 2147483647/);
  });

  it('fails with its source, and names an event that can not be sent', async () => {
    const broken = (async function* () {
      yield 'a';
      throw new Error('half-way');
    })();
    await expect(receive(broken)).rejects.toThrow('half-way');
    await expect(receive([{ event: 'a\nb' }])).rejects.toThrow(InvalidEventError);
    await expect(receive((events) => events.send({}))).rejects.toThrow(InvalidEventError);
    await expect(receive(() => [{ id: '\0' }])).rejects.toThrow(InvalidEventError);
  });
});

describe('the source of events, when the client goes away', () => {
  it('is ended once, before the callbacks of the response run: a generator', async () => {
    const calls: string[] = [];
    const events = (async function* () {
      try {
        for (;;) yield 'a';
      } finally {
        calls.push('ended');
      }
    })();
    const response = eventStream(request, events);
    response.callOnClose(() => calls.push('closed'));
    const body = response(request.environ, () => () => {}) as StreamedBody;
    await body.next();
    await body.next();
    await body.return();
    await body.close();
    expect(calls).toEqual(['ended', 'closed']);
  });

  it('is ended once: a generator that a function returned', async () => {
    const ended = vi.fn();
    const body = await open(async function* () {
      try {
        for (;;) yield 'a';
      } finally {
        ended();
      }
    });
    await body.next();
    await body.return();
    await body.close();
    expect(ended).toHaveBeenCalledOnce();
  });

  it.each([
    ['given', (source: EventIterable) => source],
    ['returned', (source: EventIterable) => () => source],
  ])('is ended while it waits: a stream that was %s', async (_how, wrap) => {
    const cancel = vi.fn();
    const web = await open(wrap(new ReadableStream({ cancel })));
    void web.next();
    await sleep(2);
    await web.return();
    await web.close();
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
    const readable = new Readable({ objectMode: true, read() {} });
    const node = await open(wrap(readable));
    void node.next();
    await sleep(2);
    await node.return();
    await node.close();
    expect(readable.destroyed).toBe(true);
  });

  it('is told by the signal, and has its writes rejected: a function', async () => {
    let rejection: unknown;
    const body = await open(async (events, signal) => {
      await events.send('a');
      while (!signal.aborted) await sleep(1);
      rejection = await events.send('b').catch((error) => error);
    });
    await body.next();
    await body.return();
    await body.close();
    expect(rejection).toBeInstanceOf(ClientGoneError);
  });

  it('is unsubscribed once: a function that returned another', async () => {
    const unsubscribe = vi.fn();
    const body = await open((events) => {
      events.send('a');
      return unsubscribe;
    });
    await body.next();
    expect(unsubscribe).not.toHaveBeenCalled();
    await body.return();
    await body.close();
    expect(unsubscribe).toHaveBeenCalledOnce();
  });
});

describe('what sends events', () => {
  it('can be called after the end, by a bus that does not know of it', async () => {
    let kept: EventWriter | undefined;
    await receive((events) => {
      kept = events;
    });
    expect(kept?.closed).toBe(true);
    await expect(kept?.send('late')).rejects.toThrow(StreamClosedError);
  });

  it('is held back by a client that reads slowly', async () => {
    let sent = 0;
    const body = await open(
      async (events) => {
        for (; sent < 100; sent++) await events.send('12345');
      },
      { highWaterMark: 65 },
    );
    await body.next();
    await sleep(2);
    // Each event takes 13 bytes: one left, five wait, the sixth is patient.
    expect(sent).toBe(6);
    await body.return();
    await body.close();
  });

  it('asks a generator for an event only when the one before was taken', async () => {
    let made = 0;
    const body = await open(function* () {
      for (;;) yield String(++made);
    });
    await body.next();
    await sleep(2);
    expect(made).toBeLessThanOrEqual(2);
    await body.return();
    await body.close();
  });
});

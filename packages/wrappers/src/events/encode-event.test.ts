import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidBodyError, InvalidEventError } from '../errors/wrapper-errors.ts';
import { type ReceivedEvent, readEventStream } from '../testing/event-source.ts';
import { encodeEvent, type ServerSentEvent } from './encode-event.ts';

/** Text as a client gets it: every line end is LF, and there are no lone surrogates. */
const received = (text: string) => text.replaceAll(/\r\n|\r/g, '\n').toWellFormed();

describe('encodeEvent', () => {
  it('writes a field per line, and a blank line', () => {
    const event = { data: 'a', event: 'b', id: 'c', retry: 1000, comment: 'd' };
    expect(encodeEvent(event)).toBe(': d\nevent: b\nid: c\nretry: 1000\ndata: a\n\n');
  });

  it('takes text for the data of an event', () => {
    expect(encodeEvent('a')).toBe('data: a\n\n');
  });

  it('splits data and comments at every kind of line end', () => {
    expect(encodeEvent('a\rb\nc\r\nd\n\re')).toBe(
      'data: a\ndata: b\ndata: c\ndata: d\ndata: \ndata: e\n\n',
    );
    expect(encodeEvent({ comment: 'a\rdata: b' })).toBe(': a\n: data: b\n\n');
  });

  it('writes values as JSON', () => {
    expect(encodeEvent({ json: { a: ['ä\n'] } })).toBe('data: {"a":["ä\\n"]}\n\n');
    expect(encodeEvent({ json: 'text' })).toBe('data: "text"\n\n');
    expect(encodeEvent({ json: null })).toBe('data: null\n\n');
    expect(() => encodeEvent({ json: () => {} })).toThrow(InvalidBodyError);
  });

  it('sends a named event although it has no data', () => {
    expect(readEventStream(encodeEvent({ event: 'ping' })).events).toEqual([
      { type: 'ping', data: '', lastEventId: '' },
    ]);
    expect(readEventStream(encodeEvent({ data: '' })).events).toHaveLength(1);
  });

  it('sends an id, a retry or a comment of its own, which is no event for a listener', () => {
    const text = encodeEvent({ id: 7 }) + encodeEvent({ retry: 50 }) + encodeEvent({ comment: '' });
    expect(readEventStream(text)).toEqual({ events: [], retry: 50, lastEventId: '7' });
  });

  it.each<[unknown, RegExp]>([
    [{ event: 'a\nb' }, /event of an event is one line.*"a\\nb"/],
    [{ event: 'a\r' }, /take it out/],
    [{ id: 'a\n' }, /id of an event is one line/],
    [{ id: 'a\0' }, /U\+0000/],
    [{ id: null }, /id of an event is text, not null/],
    [{ retry: -1 }, /whole number of milliseconds/],
    [{ retry: 1.5 }, /not 1\.5/],
    [{ retry: 1e21 }, /whole number/],
    [{ retry: '1' }, /whole number/],
    [{ data: { a: 1 } }, /not a plain object. Send another value as json/],
    [{ data: 'a', json: 1 }, /data or json, not both/],
    [{ comment: 1 }, /comment of an event is text, not a number/],
    [{}, /at least one of data/],
    [{ date: 'x' }, /at least one of data/],
    [null, /An event is text, or an object/],
    [5, /not a number/],
  ])('refuses %o', (event, message) => {
    expect(() => encodeEvent(event as ServerSentEvent)).toThrow(InvalidEventError);
    expect(() => encodeEvent(event as ServerSentEvent)).toThrow(message);
  });

  it('is read by a parser as the specification has it as what was written', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('a', ' ', ':', '\r', '\n', '\0', 'ä', '😀'),
    });
    const oneLine = anyText.map((text) => text.replaceAll(/[\r\n]/g, '-'));
    const events = fc.array(
      fc.record({
        data: anyText,
        event: fc.option(oneLine, { nil: undefined }),
        id: fc.option(
          oneLine.map((text) => text.replaceAll('\0', '-')),
          { nil: undefined },
        ),
        comment: fc.option(anyText, { nil: undefined }),
        retry: fc.option(fc.nat(), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(events, (sent) => {
        let lastEventId = '';
        const expected = sent.map(({ data, event, id }): ReceivedEvent => {
          lastEventId = id ?? lastEventId;
          return { type: event || 'message', data: received(data), lastEventId };
        });
        const stream = readEventStream(sent.map(encodeEvent).join(''));
        expect(stream.events).toEqual(expected);
        expect(stream.retry).toBe(sent.findLast(({ retry }) => retry !== undefined)?.retry);
      }),
    );
  });

  it('keeps JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const [event] = readEventStream(encodeEvent({ json })).events;
        expect(event?.data).toBe(JSON.stringify(json));
      }),
    );
  });
});

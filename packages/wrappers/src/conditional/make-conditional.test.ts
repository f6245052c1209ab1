import { ArgumentError, RequestedRangeNotSatisfiable } from '@werkstatt/core';
import { describe, expect, it, vi } from 'vitest';
import { Request } from '../request/request.ts';
import type { ResponseBody } from '../response/body-source.ts';
import { Response } from '../response/response.ts';
import type { ResponseOptions } from '../response/response-options.ts';
import {
  bytes,
  serve,
  type TestAnswer,
  type TestRequest,
  testEnviron,
} from '../testing/environ.ts';
import { type ConditionalOptions, makeConditional } from './make-conditional.ts';

const MODIFIED = 'Sun, 06 Nov 1994 08:49:37 GMT';
const EARLIER = 'Sun, 06 Nov 1994 08:49:36 GMT';
const LATER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const validators = { ETag: '"abc"', 'Last-Modified': MODIFIED };

interface Given extends ConditionalOptions {
  method?: string;
  body?: ResponseBody;
  response?: ResponseOptions;
}

/** The answer to a request with these header fields. */
async function answer(headers: Record<string, string>, given: Given = {}): Promise<TestAnswer> {
  const {
    method = 'GET',
    body = '0123456789',
    response = { headers: validators },
    ...options
  } = given;
  const request: TestRequest = { method, headers };
  const made = new Response(body, response);
  const all = { acceptRanges: true, completeLength: 10, ...options };
  return serve(makeConditional(made, testEnviron(request), all), request);
}

async function statusOf(headers: Record<string, string>, given?: Given): Promise<number> {
  return Number.parseInt((await answer(headers, given)).status, 10);
}

describe('the conditions of a request', () => {
  it('make a 304 when the client has what would be sent', async () => {
    for (const tag of ['"abc"', 'W/"abc"', '"x", "abc"', '*']) {
      expect(await statusOf({ 'If-None-Match': tag }), tag).toBe(304);
    }
    expect(await statusOf({ 'If-None-Match': '"x"' })).toBe(200);
    expect(await statusOf({ 'If-None-Match': '*' }, { response: {} })).toBe(304);
    for (const date of [MODIFIED, LATER]) {
      expect(await statusOf({ 'If-Modified-Since': date }), date).toBe(304);
    }
    for (const date of [EARLIER, 'yesterday', '']) {
      expect(await statusOf({ 'If-Modified-Since': date }), date).toBe(200);
    }
  });

  it('leave a date out where there is a tag', async () => {
    expect(await statusOf({ 'If-None-Match': '"x"', 'If-Modified-Since': LATER })).toBe(200);
    expect(await statusOf({ 'If-Match': '"abc"', 'If-Unmodified-Since': EARLIER })).toBe(200);
  });

  it('make a 412 when the client does not want what there is', async () => {
    for (const tag of ['"x"', 'W/"abc"']) {
      expect(await statusOf({ 'If-Match': tag }), tag).toBe(412);
    }
    for (const tag of ['"abc"', '"x", "abc"', '*']) {
      expect(await statusOf({ 'If-Match': tag }), tag).toBe(200);
    }
    expect(await statusOf({ 'If-Match': '"abc"' }, { response: {} })).toBe(412);
    const weak = { headers: { ETag: 'W/"abc"' } };
    expect(await statusOf({ 'If-Match': 'W/"abc"' }, { response: weak })).toBe(412);
    expect(await statusOf({ 'If-Unmodified-Since': EARLIER })).toBe(412);
    expect(await statusOf({ 'If-Unmodified-Since': MODIFIED })).toBe(200);
    expect(await statusOf({ 'If-Unmodified-Since': EARLIER }, { response: {} })).toBe(200);
  });

  it('are evaluated in the order of RFC 9110 section 13.2.2, and before ranges', async () => {
    expect(await statusOf({ 'If-Match': '"x"', 'If-None-Match': '"abc"' })).toBe(412);
    expect(await statusOf({ 'If-Match': '"abc"', 'If-None-Match': '"abc"' })).toBe(304);
    expect(await statusOf({ 'If-None-Match': '"abc"', Range: 'bytes=0-1' })).toBe(304);
    expect(await statusOf({ 'If-Match': '"x"', Range: 'bytes=20-' })).toBe(412);
  });

  it('have no part in other methods, and in answers without success', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'get']) {
      expect(await statusOf({ 'If-None-Match': '"abc"', Range: 'bytes=0-1' }, { method })).toBe(
        200,
      );
    }
    const response = { status: 404, headers: validators };
    expect(await statusOf({ 'If-None-Match': '"abc"', Range: 'bytes=0-1' }, { response })).toBe(
      404,
    );
    const created = { status: 203, headers: validators };
    expect(await statusOf({ Range: 'bytes=0-1' }, { response: created })).toBe(203);
  });

  it('are taken from a request as well as from an environ', () => {
    const environ = testEnviron({ headers: { 'If-None-Match': '"abc"' } });
    const response = new Response('x', { headers: validators });
    expect(makeConditional(response, new Request(environ))).toBe(response);
    expect(response.statusCode).toBe(304);
  });

  it('have a stream that is refused given up unread', async () => {
    const source = { [Symbol.iterator]: vi.fn(() => [bytes('a')].values()), close: vi.fn() };
    const response = { headers: { ...validators, 'Content-Length': '1' } };
    const refused = await answer({ 'If-Match': '"x"' }, { body: source, response });
    expect(refused.status).toBe('412 Precondition Failed');
    expect([refused.text, refused.headers['Content-Length']]).toEqual(['', undefined]);
    expect(source.close).toHaveBeenCalledOnce();
  });
});

describe('a range', () => {
  it('is answered with its bytes and where they stand', async () => {
    const cases: [range: string, contentRange: string, text: string][] = [
      ['bytes=0-4', 'bytes 0-4/10', '01234'],
      ['Bytes = 2 - 2', 'bytes 2-2/10', '2'],
      ['bytes=8-99', 'bytes 8-9/10', '89'],
      ['bytes=-3', 'bytes 7-9/10', '789'],
      ['bytes=-30', 'bytes 0-9/10', '0123456789'],
      ['bytes=9-,20-30', 'bytes 9-9/10', '9'],
      ['bytes=0-99999999999999999999', 'bytes 0-9/10', '0123456789'],
    ];
    for (const [Range, contentRange, text] of cases) {
      const sent = await answer({ Range });
      expect(sent.status, Range).toBe('206 Partial Content');
      expect(sent.headers['Content-Range']).toBe(contentRange);
      expect(sent.headers['Content-Length']).toBe(String(text.length));
      expect(sent.text).toBe(text);
    }
  });

  it('has to exist', async () => {
    for (const Range of [
      'bytes=10-',
      'bytes=-0',
      'bytes=x',
      'bytes=5-4',
      'bytes=0x0-0x1',
      'bytes=',
    ]) {
      const failure = await answer({ Range }).catch((error: unknown) => error);
      expect(failure, Range).toBeInstanceOf(RequestedRangeNotSatisfiable);
      expect((failure as RequestedRangeNotSatisfiable).getHeaders()).toContainEqual([
        'Content-Range',
        'bytes */10',
      ]);
    }
  });

  it('of other units, or of nothing, is left out', async () => {
    expect(await statusOf({ Range: 'lines=0-1' })).toBe(200);
    expect(await statusOf({ Range: 'bytes' })).toBe(200);
    expect(await statusOf({ Range: 'bytes=0-' }, { body: '', completeLength: 0 })).toBe(200);
    expect(await statusOf({ Range: 'items=0-1' }, { acceptRanges: 'items' })).toBe(200);
    expect(await statusOf({ Range: 'bytes=0-1' }, { acceptRanges: 'none' })).toBe(200);
  });

  it('is answered if the strong validator of If-Range is that of the response', async () => {
    const wanted = (ifRange: string, response?: ResponseOptions) =>
      statusOf({ Range: 'bytes=0-1', 'If-Range': ifRange }, response && { response });
    expect(await wanted('"abc"')).toBe(206);
    expect(await wanted(MODIFIED)).toBe(206);
    for (const other of ['"x"', 'W/"abc"', EARLIER, LATER, '']) {
      expect(await wanted(other), other).toBe(200);
    }
    expect(await wanted('W/"abc"', { headers: { ETag: 'W/"abc"' } })).toBe(200);
    expect(await wanted(MODIFIED, {})).toBe(200);
  });

  it('is part of the head that HEAD gets', async () => {
    const head = await answer({ Range: 'bytes=0-4' }, { method: 'HEAD' });
    expect(head).toMatchObject({ status: '206 Partial Content', text: '' });
    expect(head.headers).toMatchObject({ 'Content-Length': '5', 'Content-Range': 'bytes 0-4/10' });
  });

  it('that does not exist has the response closed', async () => {
    const close = vi.fn(() => Promise.reject(new Error('closing failed')));
    const source = { [Symbol.iterator]: () => [bytes('0123456789')].values(), close };
    await expect(answer({ Range: 'bytes=10-' }, { body: source })).rejects.toThrow(
      RequestedRangeNotSatisfiable,
    );
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('several ranges', () => {
  /** The parts of an answer as pairs of `Content-Range` and text. */
  function partsOf({ headers, text }: TestAnswer): [contentRange: string, text: string][] {
    const boundary = /^multipart\/byteranges; boundary=([\w-]+)$/.exec(
      headers['Content-Type']!,
    )![1];
    const [before, ...parts] = `\r\n${text}`.split(`\r\n--${boundary}`);
    expect([before, parts.pop()]).toEqual(['', '--\r\n']);
    expect(headers['Content-Length']).toBe(String(text.length));
    return parts.map((part) => {
      const [, type, range, content] =
        /^\r\nContent-Type: (.*)\r\nContent-Range: (.*)\r\n\r\n(.*)$/s.exec(part)!;
      expect(type).toBe('text/plain; charset=utf-8');
      return [range!, content!];
    });
  }

  it('are parts of one body, in the order of the request', async () => {
    const sent = await answer({ Range: 'bytes=8-,0-1,-1,50-' });
    expect(sent.status).toBe('206 Partial Content');
    expect(sent.headers['Content-Range']).toBeUndefined();
    expect(partsOf(sent)).toEqual([
      ['bytes 8-9/10', '89'],
      ['bytes 0-1/10', '01'],
      ['bytes 9-9/10', '9'],
    ]);
  });

  it('are read from a source that has slices, or a position', async () => {
    const all = bytes('0123456789');
    const slice = vi.fn((start: number, end: number) => oneByOne(all.subarray(start, end)));
    const sliceable = { [Symbol.asyncIterator]: () => oneByOne(all), slice, close: vi.fn() };
    const positioned = {
      position: 0,
      seekable: true,
      seek: (position: number) => void (positioned.position = position),
      [Symbol.asyncIterator]: () => oneByOne(all.subarray(positioned.position)),
      close: vi.fn(),
    };
    for (const body of [sliceable, positioned]) {
      const sent = await answer({ Range: 'bytes=8-,0-1' }, { body });
      expect(partsOf(sent)).toEqual([
        ['bytes 8-9/10', '89'],
        ['bytes 0-1/10', '01'],
      ]);
      expect(body.close).toHaveBeenCalledOnce();
    }
    expect(slice.mock.calls).toEqual([
      [8, 10],
      [0, 2],
    ]);
  });

  it('are answered with the whole where parts would not do', async () => {
    const whole = async (Range: string, given?: Given) => {
      const { status, text } = await answer({ Range }, given);
      return [status, text];
    };
    const all = ['200 OK', '0123456789'];
    expect(await whole('bytes=0-,0-')).toEqual(all);
    expect(await whole(`bytes=${'0-0,'.repeat(9_999)}0-0`)).toEqual(all);
    expect(await whole('bytes=0-0,1-1,2-2', { maxRanges: 2 })).toEqual(all);
    await expect(whole('bytes=0-0,1-1', { maxRanges: Number.NaN })).rejects.toThrow(ArgumentError);
    await expect(whole('bytes=0-0', { completeLength: Number.NaN })).rejects.toThrow(ArgumentError);
    const encoded = { headers: { 'Content-Encoding': 'gzip' } };
    expect(await whole('bytes=0-0,2-2', { response: encoded })).toEqual(all);
    expect(await whole('bytes=0-0,2-2', { body: new Set([bytes('0123456789')]) })).toEqual(all);
  });

  it('are refused where they are switched off', async () => {
    await expect(answer({ Range: 'bytes=0-0,2-2' }, { multipart: false })).rejects.toThrow(
      RequestedRangeNotSatisfiable,
    );
    expect(await statusOf({ Range: 'bytes=0-0' }, { multipart: false })).toBe(206);
  });
});

describe('makeConditional', () => {
  it('sets a date, and says that ranges are served whether one can be or not', async () => {
    const { headers } = await answer({}, { completeLength: undefined });
    expect(headers['Accept-Ranges']).toBe('bytes');
    expect(new Date(headers['Date']!).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect((await answer({}, { acceptRanges: false })).headers['Accept-Ranges']).toBeUndefined();
  });

  it('gives a stream the length that it is told', async () => {
    expect((await answer({}, { body: oneByOne(bytes('0123456789')) })).headers).toMatchObject({
      'Content-Length': '10',
    });
    const untold = { body: oneByOne(bytes('0123456789')), completeLength: undefined };
    expect((await answer({}, untold)).headers['Content-Length']).toBeUndefined();
  });

  it('counts a stream that can be read at once, and closes it', async () => {
    const close = vi.fn();
    const body = { [Symbol.iterator]: () => ['01', '23'].values(), close };
    const counted = await answer({}, { body, completeLength: undefined });
    expect([counted.headers['Content-Length'], counted.text]).toEqual(['4', '0123']);
    expect(close).toHaveBeenCalledOnce();
    for (const property of [
      'implicitSequenceConversion',
      'automaticallySetContentLength',
    ] as const) {
      const response = new Response(new Set(['01', '23']));
      response[property] = false;
      makeConditional(response, testEnviron());
      expect([response.contentLength, response.isStreamed]).toEqual([undefined, true]);
    }
  });
});

async function* oneByOne(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at++) yield content.subarray(at, at + 1);
}
